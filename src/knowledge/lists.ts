import { z } from 'zod';
import type { Catalog } from '../domain/catalog.ts';
import type { Languages, Replies } from '../domain/content.ts';
import type { Report } from './content-error.ts';
import { placesSchema, plainName, type Places } from './places.ts';
import { lineOf, readYaml } from './yaml-file.ts';

const name = z.string().min(1);
const named = { name, synonyms: z.array(name), unless: z.array(name).optional() };
const meterId = z.string().regex(/^mtr_\w+$/, 'should be the id of a meter in Stripe, such as mtr_61Q8nQMqIFK9fRQmr41');
const catalogSchema = z.strictObject({
  company: plainName,
  places: placesSchema.default({}),
  plans: z.record(
    z.string(),
    z.strictObject({
      ...named,
      stripe: z.array(name).optional(),
      limits: z.record(z.string(), z.number().nonnegative()).optional(),
    }),
  ),
  meters: z.record(
    z.string(),
    z
      .strictObject({ ...named, one: name.optional(), unit: name.optional(), stripe: meterId.optional() })
      .refine(({ one, unit }) => (one === undefined) !== (unit === undefined), {
        error: 'say what exactly one of it is called (`one`) or, where it cannot be counted, in what it is (`unit`)',
      }),
  ),
  features: z.record(
    z.string(),
    z.strictObject({
      ...named,
      'lowest-plan': z.string(),
      meters: z.array(z.string()),
      stripe: name.optional(),
      components: z.array(name).optional(),
    }),
  ),
});
type CatalogFile = z.infer<typeof catalogSchema>;
const lines = z.record(z.string(), z.string().min(1));
const commands = z.record(z.string(), z.array(name));
const topic = z.strictObject({ name, line: name, 'agent-next': name });
const repliesSchema = z.strictObject({
  lines,
  questions: lines,
  topics: z.record(z.string(), topic),
  actions: lines,
  commands,
  prompts: z.array(name).max(4),
});
/** What a company says otherwise than we do: as much of it as it likes. */
const otherRepliesSchema = z.strictObject({
  ...repliesSchema.partial().shape,
  topics: z.record(z.string(), topic.partial()).optional(),
});
/** Fewer ways to say a thing would leave most people unheard. */
const MIN_ASKS = 10;
const MIN_ANSWERS = 5;
const languageCode = z.string().regex(/^[a-z]{2}$/, 'should be a language of two letters, such as "de" (ISO 639-1)');
const sentence = z.string().min(1);
const languagesSchema = z.strictObject({
  own: languageCode,
  others: z.record(
    languageCode,
    z.strictObject({
      line: sentence,
      'hand-off': sentence,
      ticket: sentence,
      asks: z.array(sentence).min(MIN_ASKS, `should have at least ${MIN_ASKS} ways to ask for a person`),
      yes: z.array(sentence).min(MIN_ANSWERS, `should have at least ${MIN_ANSWERS} ways to say it`),
      no: z.array(sentence).min(MIN_ANSWERS, `should have at least ${MIN_ANSWERS} ways to say it`),
    }),
  ),
});
const intentSchema = z.strictObject({ utterances: z.array(z.string().min(1).max(400)).min(1) });

/**
 * Reads `catalog.yaml`; what it names must be in it, each thing of Stripe's must stand for one thing of ours, and a customer's
 * word for one feature.
 */
export function readCatalog(text: string, report: Report): (Catalog & { readonly places: Places }) | null {
  const read = readYaml(text, catalogSchema, report);
  if (!read) return null;
  const find: Find = (path, message) => report.at(lineOf(text, path), `${path[1] ?? ''}: ${message}`);
  checkNames(read, find);
  checkExceptions(read, find);
  checkSynonyms(read, find);
  checkStripe(read, find);
  const list = <T>(of: Record<string, T>) => Object.entries(of).map(([slug, one]) => ({ slug, ...one }));
  const features = list(read.features).map(({ 'lowest-plan': lowestPlan, ...rest }) => ({ ...rest, lowestPlan }));
  const { company, places } = read;
  return { company, places, plans: list(read.plans), meters: list(read.meters), features };
}

/** A problem of the part at this path: its list, its slug, and a member of it where that is to blame. */
type Find = (path: readonly string[], message: string) => void;

function checkNames({ plans, meters, features }: CatalogFile, find: Find): void {
  const checkMeter = (meter: string, path: readonly string[]) => {
    if (!Object.hasOwn(meters, meter)) find(path, `there is no meter "${meter}"`);
  };
  for (const [slug, feature] of Object.entries(features)) {
    const plan = feature['lowest-plan'];
    if (!Object.hasOwn(plans, plan)) find(['features', slug], `there is no plan "${plan}"`);
    for (const meter of feature.meters) checkMeter(meter, ['features', slug]);
  }
  for (const [slug, { limits = {} }] of Object.entries(plans))
    for (const meter of Object.keys(limits)) checkMeter(meter, ['plans', slug, 'limits', meter]);
}

/** What the names of a thing are, and what they are not. */
interface Called {
  readonly name: string;
  readonly synonyms: readonly string[];
  readonly unless?: readonly string[] | undefined;
}

/** An exception without the name in it would never apply. */
function checkExceptions({ plans, meters, features }: CatalogFile, find: Find): void {
  const kinds: Readonly<Record<string, Readonly<Record<string, Called>>>> = { plans, meters, features };
  for (const [kind, things] of Object.entries(kinds))
    for (const [slug, { name: called, synonyms, unless = [] }] of Object.entries(things))
      for (const phrase of unless)
        if (![called, ...synonyms].some((one) => includesWords(phrase, one)))
          find([kind, slug, 'unless'], `"${phrase}" has none of its names in it`);
}

function includesWords(phrase: string, words: string): boolean {
  return ` ${phrase.toLowerCase()} `.includes(` ${words.toLowerCase()} `);
}

/** Who writes a word that two features have would be asked nothing, and answered about one of them. */
function checkSynonyms({ plans, meters, features }: CatalogFile, find: Find): void {
  const kinds: Readonly<Record<string, Readonly<Record<string, Called>>>> = { plans, meters, features };
  for (const [kind, things] of Object.entries(kinds)) {
    const first = new Map<string, string>();
    for (const [slug, { name: called, synonyms }] of Object.entries(things))
      for (const word of new Set([called, ...synonyms].map((one) => one.toLowerCase()))) {
        const earlier = first.get(word);
        if (earlier !== undefined) find([kind, slug], `"${word}" already means "${earlier}"`);
        first.set(word, slug);
      }
  }
}

function checkStripe({ plans, meters }: CatalogFile, find: Find): void {
  const first = new Map<string, string>();
  const check = (id: string, slug: string, path: readonly string[]) => {
    const earlier = first.get(id);
    if (earlier !== undefined) find(path, `"${id}" already stands for "${earlier}"`);
    first.set(id, slug);
  };
  for (const [slug, { stripe = [] }] of Object.entries(plans))
    for (const id of stripe) check(id, slug, ['plans', slug, 'stripe']);
  for (const [slug, { stripe }] of Object.entries(meters))
    if (stripe !== undefined) check(stripe, slug, ['meters', slug, 'stripe']);
}

/** Reads `replies.yaml`; what a company says otherwise, line by line, stands in later ones. */
export function readReplies(files: readonly Readable[]): Replies | null {
  const [ours, ...others] = files;
  const base = ours && readYaml(ours.text, repliesSchema, ours.report);
  if (!base) return null;
  const read = others
    .map(({ text, report }) => readYaml(text, otherRepliesSchema.nullable(), report) ?? {})
    .reduce(over, base);
  const topics = Object.entries((read as typeof base).topics).map(
    ([slug, { 'agent-next': agentNext, ...rest }]) => [slug, { ...rest, agentNext }] as const,
  );
  return { ...(read as typeof base), topics: Object.fromEntries(topics) };
}

/** Reads `languages.yaml`; a later one replaces a whole language. */
export function readLanguages(files: readonly Readable[]): Languages | null {
  const [ours, ...later] = files;
  const base = ours && readYaml(ours.text, languagesSchema, ours.report);
  if (!base) return null;
  const read = later.map(({ text, report }) => readYaml(text, languagesSchema.partial().nullable(), report) ?? {});
  const all = Object.entries(
    Object.assign({}, base.others, ...read.map(({ others }) => others ?? {})) as typeof base.others,
  );
  const others = all.map(([code, { 'hand-off': handOff, ...rest }]) => [code, { ...rest, handOff }] as const);
  return { own: read.findLast(({ own }) => own)?.own ?? base.own, others: new Map(others) };
}

/** A file's text, and where its problems are told. */
export interface Readable {
  readonly text: string;
  readonly report: Report;
}

/** What is said later goes before, member by member; a list is replaced as a whole. */
function over(base: object, later: object): object {
  const isRecord = (value: unknown): value is object =>
    typeof value === 'object' && value !== null && !Array.isArray(value);
  return Object.entries(later).reduce((all, [key, value]: [string, unknown]) => {
    const before: unknown = (base as Record<string, unknown>)[key];
    return { ...all, [key]: isRecord(before) && isRecord(value) ? over(before, value) : value };
  }, base);
}

/** Reads one file of example utterances. */
export function readUtterances(text: string, report: Report): readonly string[] | null {
  return readYaml(text, intentSchema, report)?.utterances ?? null;
}
