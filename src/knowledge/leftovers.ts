import type { Catalog } from '../domain/catalog.ts';
import type { ContentError } from './content-error.ts';
import { fileAt, filesOf, isEmpty, type ContentFile, type Layers } from './layers.ts';
import { readCatalog } from './lists.ts';
import { placeNames, type Places } from './places.ts';

type Sold = Catalog & { readonly places: Places };

/**
 * What customers of a company would read of our demo's: its name, plans, features, meters and places. In the company's own file it was
 * copied; one of ours is then to be said otherwise, or to be taken away by an empty file. No errors, for a word may be meant.
 */
export function leftoversIn(layers: Layers): ContentError[] {
  const [ours, ...others] = layers.map(({ files }) => files.get('catalog.yaml'));
  const theirs = others.findLast((file) => file !== undefined);
  const [demo, own] = [soldIn(ours), soldIn(theirs)];
  if (!ours || !demo || layers.length === 1) return [];
  if (!theirs) {
    const message = `this catalog is ours: customers read of ${demo.company} and its plans. Write your own catalog.yaml`;
    return [{ file: ours.shown, line: 1, message }];
  }
  return own
    ? [...unnamedPlaces(theirs, demo, own), ...filesRead(layers).flatMap((file) => toldIn(file, demo, own))]
    : [];
}

function soldIn(file: ContentFile | undefined): Sold | null {
  return file ? readCatalog(file.text, { file: file.shown, at: () => undefined }) : null;
}

function unnamedPlaces({ shown }: ContentFile, demo: Sold, own: Sold): ContentError[] {
  const unnamed = placeNames.filter((name) => demo.places[name] && !own.places[name]);
  return unnamed.map((name) => {
    const message = `places: without "${name}" customers are sent to “${demo.places[name]?.name ?? ''}”`;
    return { file: shown, line: 1, message };
  });
}

/** The pages that count, and what the company itself says in lists. */
function filesRead(layers: Layers): ContentFile[] {
  const paths = new Set(
    layers.flatMap((layer) => ['articles', 'causes'].flatMap((kind) => filesOf(layer, kind))).map(({ path }) => path),
  );
  const lists = layers.slice(1).flatMap(({ files }) => files.get('replies.yaml') ?? []);
  return [
    ...[...paths].sort().flatMap((path) => fileAt(layers, path) ?? []),
    ...lists.filter((file) => !isEmpty(file)),
  ];
}

function toldIn(file: ContentFile, demo: Sold, own: Sold): ContentError[] {
  const lines = file.text.split('\n');
  return leftoversOf(demo, own).flatMap(({ name, why, found }) => {
    const at = lines.findIndex((line) => found.test(line));
    return at < 0 ? [] : [{ file: file.shown, line: at + 1, message: `“${name}” is ${why}` }];
  });
}

/** A name, and how it is found in a line. Plans and features are ordinary words, too: as names they have capitals in a sentence. */
function leftoversOf(demo: Sold, own: Sold) {
  const words = (sold: Sold) =>
    [...sold.plans, ...sold.features, ...sold.meters].flatMap((one) => [one.name, ...one.synonyms]);
  const theirs = new Set([...words(own), own.company, ...namesOf(own.places)].map((word) => word.toLowerCase()));
  const named = (names: readonly string[], why: string, found: (name: string) => RegExp) =>
    names.filter((name) => !theirs.has(name.toLowerCase())).map((name) => ({ name, why, found: found(name) }));
  return [
    ...named([demo.company], 'the company of our demo', anywhere),
    ...named(
      demo.plans.map(({ name }) => name),
      'no plan in your catalog',
      inSentence,
    ),
    ...named(
      demo.features.map(({ name }) => name),
      'no feature in your catalog',
      inSentence,
    ),
    ...named(
      demo.meters.map(({ name }) => name),
      'nothing that your catalog counts',
      anywhere,
    ),
    ...named(namesOf(demo.places).filter(isMenu), 'where our demo sends customers', menu),
  ];
}

function namesOf(places: Places): string[] {
  return Object.values(places).map(({ name }) => name);
}

function anywhere(name: string): RegExp {
  return new RegExp(whole(name), 'u');
}

/** Our words with the places of our demo as `{{place-billing}}`, for whoever names them. */
export function withPlaces(text: string, places: Places): string {
  return Object.entries(places)
    .filter(([, { name }]) => isMenu(name))
    .reduce((all, [place, { name }]) => all.replaceAll(new RegExp(menu(name), 'gu'), `{{place-${place}}}`), text);
}

/** “Our status page” is everybody's. */
function isMenu(name: string): boolean {
  return /^\p{Lu}/u.test(name);
}

/** "Settings, Billing" or "Settings, then Billing". */
function menu(name: string): RegExp {
  const parts = name.split(', ').map((part) => RegExp.escape(part));
  return new RegExp(parts.join(',(?: then)? '), 'u');
}

/** With its capitals in the midst of a sentence, or called a plan. */
function inSentence(name: string): RegExp {
  return new RegExp(`(?<=[\\p{Ll}\\p{N},;:(“"*] ?)${whole(name)}|${whole(`${name} plan`)}`, 'u');
}

function whole(words: string): string {
  return `(?<![\\p{L}\\p{N}])${RegExp.escape(words)}(?![\\p{L}\\p{N}])`;
}
