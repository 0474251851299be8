import type { Content } from '../domain/content.ts';
import { nearName } from '../domain/near-name.ts';
import { actionNames, commandNames, replyLines } from './reply-lines.ts';
import type { CauseShape } from '../domain/verdict.ts';
import { checkCauses, type Find, type Replaced } from './check-causes.ts';
import { placeholdersOf } from './fill.ts';
import { fileAt, type ContentFile, type Layers, type Utterances } from './layers.ts';
import { readUtterances } from './lists.ts';
import type { Loaded } from './load.ts';
import type { ContentError } from './content-error.ts';
import { hasPath, lineOf } from './yaml-file.ts';

/** What the code expects of the words: every cause with the facts it tells, every intent with its kinds, every question of the hand-off, every topic. */
export interface ContentContract {
  readonly causes: readonly CauseShape[];
  readonly intents: Readonly<Record<string, readonly string[]>>;
  readonly questions: readonly string[];
  readonly topics: readonly string[];
}

/** All problems of the content: those of single files, and where words and code do not fit. Sorted by file and line. */
export function checkContent(
  layers: Layers,
  { content, problems, broken, intents }: Loaded,
  expected: ContentContract,
): ContentError[] {
  const found = [...problems];
  const find: Find = (path, words, message, which = 'first') => {
    const file = fileAt(layers, path) ?? layers.findLast(({ files }) => files.has(path))?.files.get(path);
    // What could not be read has been told of, and nothing else can be said of it.
    if (!broken.has(path)) found.push({ file: file?.shown ?? path, line: lineWith(file, words, which), message });
  };
  checkCauses(content, { shapes: expected.causes, broken, replaced: replacedIn(layers) }, find);
  checkReplies(layers, content, expected, { found, broken });
  checkLanguages(content, find);
  checkLinks(content, broken, find);
  checkIntents(intents, expected.intents, find, found);
  return found.sort((a, b) => a.file.localeCompare(b.file) || a.line - b.line);
}

function checkReplies(
  layers: Layers,
  { replies }: Content,
  { questions, topics }: Pick<ContentContract, 'questions' | 'topics'>,
  { found, broken }: { readonly found: ContentError[]; readonly broken: ReadonlySet<string> },
): void {
  const files = layers.flatMap((layer) => layer.files.get('replies.yaml') ?? []).toReversed();
  if (broken.has('replies.yaml')) return;
  // It is told of the file that has it; what is missing, of ours.
  const find = (path: readonly string[], message: string) => {
    const file = files.find(({ text }) => hasPath(text, path)) ?? files.at(-1);
    if (file) found.push({ file: file.shown, line: lineOf(file.text, path), message });
  };
  for (const [key, facts] of Object.entries(replyLines) as [string, readonly string[]][]) {
    const written = replies.lines[key];
    if (written === undefined) find(['lines'], `write the line "${key}"`);
    for (const name of placeholdersOf(written ?? ''))
      if (!facts.includes(name)) find(['lines', key], `"${key}" has no fact {{${name}}}`);
  }
  for (const key of Object.keys(replies.lines))
    if (!(key in replyLines)) find(['lines', key], `nothing says the line "${key}"`);
  for (const name of questions) if (!(name in replies.questions)) find(['questions'], `write the question "${name}"`);
  for (const name of Object.keys(replies.questions))
    if (!questions.includes(name)) find(['questions', name], `nothing asks the question "${name}"`);
  for (const name of topics) if (!(name in replies.topics)) find(['topics'], `write the topic "${name}"`);
  for (const name of Object.keys(replies.topics))
    if (!topics.includes(name)) find(['topics', name], `nothing is about the topic "${name}"`);
  for (const name of commandNames)
    if (!(name in replies.commands)) find(['commands'], `say what means the conversation "${name}"`);
  for (const name of Object.keys(replies.commands))
    if (!(commandNames as readonly string[]).includes(name)) find(['commands', name], `there is no command "${name}"`);
  for (const name of actionNames) if (!(name in replies.actions)) find(['actions'], `name the button "${name}"`);
  for (const name of Object.keys(replies.actions))
    if (!(actionNames as readonly string[]).includes(name))
      find(['actions', name], `nothing offers the button "${name}"`);
}

function checkLanguages({ languages }: Content, find: Find): void {
  for (const { line, handOff, ticket } of languages.others.values()) {
    if (!placeholdersOf(ticket).includes('ticket')) find('languages.yaml', ticket, 'give the number: {{ticket}}');
    for (const [text, facts] of [
      [line, []],
      [handOff, []],
      [ticket, ['ticket']],
    ] as [string, string[]][])
      for (const name of placeholdersOf(text))
        if (!facts.includes(name)) find('languages.yaml', text, `there is no fact {{${name}}} here`);
  }
}

const articleLink = /\]\(\/articles\/([\w-]{1,100})(?=[)#])/g;

/** Links from page to page; an article that is broken is there. */
function checkLinks({ articles, causes }: Content, broken: ReadonlySet<string>, find: Find): void {
  const pages = [
    ...[...articles].map(([slug, { markdown }]) => [`articles/${slug}.md`, markdown] as const),
    ...[...causes].map(([slug, { body }]) => [`causes/${slug}.md`, body] as const),
  ];
  for (const [file, text] of pages)
    for (const [whole, slug = ''] of text.matchAll(articleLink))
      if (!articles.has(slug) && !broken.has(`articles/${slug}.md`)) find(file, whole, `there is no article "${slug}"`);
}

function checkIntents(
  intents: readonly Utterances[],
  expected: ContentContract['intents'],
  find: Find,
  found: ContentError[],
): void {
  const first = new Map<string, string>();
  const present = new Set(intents.map((intent) => intent.slug));
  for (const slug of Object.keys(expected))
    if (!present.has(slug)) find(`intents/${slug}.yaml`, '', 'write example utterances');
  for (const { slug, subIntent, utterances, file } of intents) {
    const kinds = expected[slug];
    const complain = (message: string, line = 1) => found.push({ file: file.shown, line, message });
    if (!kinds) complain(noIntent(slug, Object.keys(expected)));
    if (kinds && subIntent !== null && !kinds.includes(subIntent))
      complain(`"${slug}" has no kind "${subIntent}"; it has ${kinds.join(', ')}`);
    for (const [i, utterance] of utterances.entries()) {
      const folded = utterance.trim().toLowerCase();
      const earlier = first.get(folded);
      if (earlier) complain(`"${utterance}" is already in ${earlier}`, lineOfUtterance(file, utterance, i));
      first.set(folded, file.shown);
    }
  }
}

function noIntent(slug: string, known: readonly string[]): string {
  const meant = nearName(slug, known);
  const told = `there is no intent "${slug}"`;
  return meant === undefined ? `${told}; there are ${known.join(', ')}` : `${told}: did you mean "${meant}"?`;
}

/** How the page of ours is shown that a company's article is of, where it replaced that article and not the page. */
function replacedIn(layers: Layers): Replaced {
  const lastWith = (path: string) => layers.findLastIndex(({ files }) => files.has(path));
  return (page, article) => (lastWith(page) < lastWith(article) ? (fileAt(layers, page)?.shown ?? null) : null);
}

/** The line of the i-th utterance that counts; some of the file may not count, because a later folder has them. */
export function lineOfUtterance({ text }: ContentFile, utterance: string, i: number): number {
  const all = readUtterances(text, { file: '', at: () => undefined }) ?? [];
  const at = all[i] === utterance ? i : all.lastIndexOf(utterance);
  return lineOf(text, ['utterances', at]);
}

function lineWith(file: ContentFile | undefined, words: string, which: 'first' | 'last'): number {
  if (file === undefined || words === '') return 1;
  const lines = file.text.split('\n');
  const has = (line: string) => line.includes(words);
  return Math.max(which === 'first' ? lines.findIndex(has) : lines.findLastIndex(has), 0) + 1;
}
