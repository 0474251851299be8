import type { Catalog } from '../domain/catalog.ts';
import type { Content, Replies } from '../domain/content.ts';
import { indexArticles } from './article-index.ts';
import { readArticle } from './articles.ts';
import { plainBrand, readBrand } from './brand.ts';
import { readCausePage } from './cause-pages.ts';
import {
  fileAt,
  filesOf,
  isEmpty,
  slugOf,
  strangersIn,
  type ContentFile,
  type Layers,
  type Utterances,
} from './layers.ts';
import { readCatalog, readLanguages, readReplies, readUtterances, type Readable } from './lists.ts';
import { filledIn, type Places } from './places.ts';
import { readSavedReplies } from './saved-replies.ts';
import type { ContentError, Report } from './content-error.ts';

const nothingSold: Catalog & { readonly places: Places } = {
  company: '',
  features: [],
  plans: [],
  meters: [],
  places: {},
};
const nothingSaid: Replies = { lines: {}, actions: {}, questions: {}, topics: {}, commands: {}, prompts: [] };

/** Content as far as it could be read, with every problem found in its files. */
export interface Loaded {
  readonly content: Content;
  readonly problems: ContentError[];
  /** As in the content, each with its file. */
  readonly intents: readonly Utterances[];
  /** Files of which nothing can be said but that they are to be mended. */
  readonly broken: ReadonlySet<string>;
}

/** Reads the words of these folders. Never throws for a content error: each is a problem with file and line. */
export function loadContent(layers: Layers): Loaded {
  const problems: ContentError[] = [];
  const broken = new Set<string>();
  const reportFor = ({ path, shown }: ContentFile): Report => ({
    file: shown,
    at: (line, message) => {
      problems.push({ file: shown, line, message });
      broken.add(path);
    },
  });
  const catalogFile = fileAt(layers, 'catalog.yaml');
  const own = catalogFile && readCatalog(catalogFile.text, reportFor(catalogFile));
  const { places: ownPlaces, ...catalog } = own ?? nothingSold;
  const places = { ...placesOf(layers), ...ownPlaces };
  const read = (file: ContentFile): Readable => {
    const report = reportFor(file);
    // Where the catalog is broken, nobody knows the places.
    return { text: filledIn(file, places, own ? report : null), report };
  };
  const pages = <T>(kind: string, reader: (slug: string, text: string, report: Report) => T | null) =>
    new Map(
      countingIn(layers, kind).flatMap((file): [string, T][] => {
        const { text, report } = read(file);
        const page = reader(slugOf(file), text, report);
        return page ? [[slugOf(file), page]] : [];
      }),
    );
  const each = (path: string) =>
    layers
      .flatMap(({ files }) => files.get(path) ?? [])
      .filter((file) => !isEmpty(file))
      .map(read);
  const intents = utterancesOf(layers, reportFor);
  const brand = brandOf(layers, catalog.company, reportFor);
  for (const stranger of layers.flatMap(strangersIn))
    reportFor(stranger).at(
      1,
      'nothing reads this file: words are in articles/, causes/ and intents/, and in the five lists beside them',
    );
  const articles = pages('articles', readArticle);
  const content: Content = {
    brand,
    catalog,
    articles,
    articleIndex: indexArticles(articles),
    causes: pages('causes', readCausePage),
    intents: intents.map(({ slug, subIntent, utterances }) => ({ slug, subIntent, utterances })),
    replies: readReplies(each('replies.yaml')) ?? nothingSaid,
    savedReplies: readSavedReplies(each('saved-replies.yaml')),
    languages: readLanguages(each('languages.yaml')) ?? { own: 'en', others: new Map() },
  };
  return { content, problems, intents, broken };
}

/** The names of our places stand in for those that a company does not name. */
function placesOf([ours]: Layers): Places {
  const text = ours?.files.get('catalog.yaml')?.text ?? '';
  return readCatalog(text, { file: '', at: () => undefined })?.places ?? {};
}

/** Whoever has a catalog of their own never looks like us. */
function brandOf(layers: Layers, company: string, reportFor: (file: ContentFile) => Report) {
  const since = layers.findLastIndex(({ files }) => files.has('catalog.yaml'));
  const layer = layers.slice(since).findLast(({ files }) => files.has('brand.yaml'));
  const file = layer?.files.get('brand.yaml');
  return layer && file ? readBrand(file.text, company, layer.files, reportFor(file)) : plainBrand(company);
}

/** Of each slug the file of the last folder that has one. */
function countingIn(layers: Layers, kind: string): ContentFile[] {
  const paths = new Set(layers.flatMap((layer) => filesOf(layer, kind)).map(({ path }) => path));
  return [...paths].sort().flatMap((path) => fileAt(layers, path) ?? []);
}

/** A company's utterances are added to ours; what it says of a text that we have, too, goes before. */
function utterancesOf(layers: Layers, reportFor: (file: ContentFile) => Report): Utterances[] {
  const taken = new Set<string>();
  const found = layers.toReversed().map((layer, i) => {
    const later = layers.slice(layers.length - i);
    const isTakenAway = ({ path }: ContentFile) => later.some(({ files }) => files.get(path)?.text.trim() === '');
    const ofLayer = filesOf(layer, 'intents').flatMap((file): Utterances[] => {
      if (isEmpty(file) || isTakenAway(file)) return [];
      const [slug = '', subIntent = null] = slugOf(file).split('/');
      const utterances = readUtterances(file.text, reportFor(file))?.filter((text) => !taken.has(folded(text)));
      return utterances ? [{ slug, subIntent, utterances, file }] : [];
    });
    for (const text of ofLayer.flatMap(({ utterances }) => utterances)) taken.add(folded(text));
    return ofLayer;
  });
  return found.toReversed().flat();
}

function folded(text: string): string {
  return text.trim().toLowerCase();
}
