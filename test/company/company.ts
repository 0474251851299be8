import { join } from 'node:path';
import { contentFolder } from '../../src/config.ts';
import { readLayers } from '../../src/knowledge/layers.ts';
import { loadContent } from '../../src/knowledge/load.ts';
import { createRecognizer } from '../../src/language/recognizer.ts';
import { keptModel } from '../support/fakes.ts';
import { customers } from './customers.ts';

/** The company's own words. */
export const ownFolder = join(import.meta.dirname, 'content');

/** Northwind Notes: other features, plans, meters and roles than our demo, on the same code. */
export const northwind = once(() => {
  const { content } = loadContent(readLayers([contentFolder, ownFolder]));
  const { intents, catalog, languages } = content;
  const model = keptModel(intents);
  return { customers, content, model, recognizer: createRecognizer({ model, catalog, languages }) };
});

function once<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => (made ??= make());
}
