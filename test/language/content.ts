import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { parse } from 'yaml';
import type { Catalog, Feature, Plan } from '../../src/domain/catalog.ts';
import type { IntentExamples } from '../../src/domain/content.ts';
import { createClassifier } from '../../src/language/classifier.ts';
import { createCore, type Core } from '../../src/language/core.ts';
import { trainModel } from '../../src/language/train-model.ts';

const root = join(import.meta.dirname, '../../content');

interface Named {
  readonly name: string;
  readonly synonyms: readonly string[];
}

interface NamedFeature extends Named {
  readonly 'lowest-plan': string;
  readonly meters: readonly string[];
}

interface CatalogFile {
  readonly company: string;
  readonly features: Readonly<Record<string, NamedFeature>>;
  readonly plans: Readonly<Record<string, Named>>;
  readonly meters: Readonly<Record<string, Named>>;
}

/** What the recognizer makes of one text as a whole, at once. */
export function coreOf(intents: readonly IntentExamples[], model = trainModel(intents)): Core {
  return createCore(createClassifier(model), model, readCatalog());
}

/** Every intent file: `<slug>.yaml`, or `<slug>/<about>.yaml`. */
export function readIntents(): IntentExamples[] {
  const files = readdirSync(join(root, 'intents'), { recursive: true, encoding: 'utf8' });
  return files
    .filter((file) => file.endsWith('.yaml'))
    .sort()
    .map((file) => {
      const { utterances } = parse(readFileSync(join(root, 'intents', file), 'utf8')) as { utterances: string[] };
      const [folder, name] = [dirname(file), basename(file, '.yaml')];
      return folder === '.' ? { slug: name, about: null, utterances } : { slug: folder, about: name, utterances };
    });
}

/** The company's catalog. */
export function readCatalog(): Catalog {
  const file = parse(readFileSync(join(root, 'catalog.yaml'), 'utf8')) as CatalogFile;
  const features = Object.entries(file.features).map(([slug, { 'lowest-plan': lowestPlan, ...rest }]): Feature => ({
    slug,
    lowestPlan,
    ...rest,
  }));
  return { company: file.company, features, plans: named(file.plans), meters: named(file.meters) };
}

function named(items: Readonly<Record<string, Named>>): Plan[] {
  return Object.entries(items).map(([slug, item]) => ({ slug, ...item }));
}
