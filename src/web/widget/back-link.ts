import { button, byId, el } from '../shared/dom.ts';
import type { Words } from '../shared/words/table.ts';
import type { Client } from './client.ts';
import { DirectLineError } from './direct-line.ts';
import { redeem } from './tokens.ts';

const shape = /^#back=([\w-]{43})$/;

/** The secret in a link that a mail brought, which then stands in the address no more; null: there is none. */
export function takeSecret(): string | null {
  const secret = shape.exec(location.hash)?.[1] ?? null;
  if (secret !== null) history.replaceState(null, '', location.pathname + location.search);
  return secret;
}

/** Waits for a press: programs that look into links before people do would use the secret up. */
export function offerBack(client: Client, request: typeof fetch, secret: string, words: Words): void {
  const box = byId('back');
  const say = (sentence: string, label: string, press: () => void) =>
    box.replaceChildren(el('p', {}, sentence), button(label, press));
  const open = async () => {
    try {
      client.goTo(await redeem(request, secret, AbortSignal.timeout(20_000)));
      box.replaceChildren();
    } catch (error) {
      const why = error instanceof DirectLineError ? error.message : '';
      say(why || words.cannotOpen, words.newTalk, begin);
    }
  };
  const begin = () => {
    box.replaceChildren();
    client.start();
  };
  say(words.personAnswered, words.openTalk, () => void open());
}
