import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Content } from '../domain/content.ts';
import { actionNames, commandNames, replyLines } from './reply-lines.ts';
import type { CauseShape } from '../domain/verdict.ts';
import { checkCauses, type Find } from './check-causes.ts';
import { placeholdersOf } from './fill.ts';
import type { Loaded } from './load.ts';
import type { ContentError } from './content-error.ts';
import { lineOf } from './yaml-file.ts';

/** What the code expects of the words: every cause with the facts it tells, every intent with its kinds, every question of the hand-off, every topic. */
export interface ContentContract {
  readonly causes: readonly CauseShape[];
  readonly intents: Readonly<Record<string, readonly string[]>>;
  readonly questions: readonly string[];
  readonly topics: readonly string[];
}

/** All problems of the content: those of single files, and where words and code do not fit. Sorted by file and line. */
export function checkContent(folder: string, { content, problems }: Loaded, expected: ContentContract): ContentError[] {
  const found = [...problems];
  const find: Find = (file, words, message, which = 'first') => {
    found.push({ file, line: words === '' ? 1 : lineWith(folder, file, words, which), message });
  };
  if (problems.length === 0) {
    checkCauses(content, expected.causes, find);
    checkReplies(folder, content, expected, found);
    checkLanguages(content, find);
    checkIntents(folder, content, expected.intents, found);
  }
  return found.sort((a, b) => a.file.localeCompare(b.file) || a.line - b.line);
}

function checkReplies(
  folder: string,
  { replies }: Content,
  { questions, topics }: Pick<ContentContract, 'questions' | 'topics'>,
  found: ContentError[],
): void {
  const file = 'replies.yaml';
  const text = readFileSync(join(folder, file), 'utf8');
  const find = (path: readonly string[], message: string) => found.push({ file, line: lineOf(text, path), message });
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

function checkIntents(
  folder: string,
  content: Content,
  expected: ContentContract['intents'],
  found: ContentError[],
): void {
  const first = new Map<string, string>();
  const present = new Set(content.intents.map((intent) => intent.slug));
  for (const slug of Object.keys(expected))
    if (!present.has(slug)) found.push({ file: `intents/${slug}.yaml`, line: 1, message: 'write example utterances' });
  for (const { slug, subIntent, utterances } of content.intents) {
    const file = `intents/${slug}${subIntent === null ? '' : `/${subIntent}`}.yaml`;
    const kinds = expected[slug];
    const lineAt = (i: number) => lineOf(readFileSync(join(folder, file), 'utf8'), ['utterances', i]);
    if (!kinds) found.push({ file, line: 1, message: `nothing starts with the intent "${slug}"` });
    if (kinds && subIntent !== null && !kinds.includes(subIntent))
      found.push({ file, line: 1, message: `"${slug}" has no kind "${subIntent}"; it has ${kinds.join(', ')}` });
    for (const [i, utterance] of utterances.entries()) {
      const folded = utterance.trim().toLowerCase();
      const earlier = first.get(folded);
      if (earlier) found.push({ file, line: lineAt(i), message: `"${utterance}" is already in ${earlier}` });
      first.set(folded, file);
    }
  }
}

function lineWith(folder: string, file: string, words: string, which: 'first' | 'last'): number {
  const lines = readFileSync(join(folder, file), 'utf8').split('\n');
  const has = (line: string) => line.includes(words);
  return (which === 'first' ? lines.findIndex(has) : lines.findLastIndex(has)) + 1;
}
