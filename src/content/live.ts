import type { Catalog } from '../domain/catalog.ts';
import type { Content } from '../domain/content.ts';
import type { Recognizer } from '../domain/ports.ts';

/** What is said, and what is understood. */
export interface Understood {
  readonly content: Content;
  readonly recognizer: Recognizer;
}

/** Words that may change while the product runs: whoever reads a member of them gets it as it is then. */
export interface LiveContent extends Understood {
  replace(by: Understood): void;
}

/** The words as they are now. */
export function createLiveContent(first: Understood): LiveContent {
  let now = first;
  const catalog = viewOf<Catalog>(() => now.content.catalog, first.content.catalog);
  const content = viewOf<Content>(() => now.content, first.content);
  return {
    content: Object.defineProperty(content, 'catalog', { value: catalog, enumerable: true }),
    recognizer: { recognize: (text) => now.recognizer.recognize(text) },
    replace(by) {
      now = by;
    },
  };
}

function viewOf<T extends object>(current: () => T, like: T): T {
  const members = (Object.keys(like) as (keyof T)[]).map((key) => [
    key,
    { enumerable: true, configurable: true, get: () => current()[key] },
  ]);
  return Object.defineProperties({}, Object.fromEntries(members) as PropertyDescriptorMap) as T;
}
