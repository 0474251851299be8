import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CausePage, Content } from '../domain/content.ts';
import { actionNames, commandNames, replyLines } from './reply-lines.ts';
import type { CauseShape } from '../domain/verdict.ts';
import { placeholdersOf } from './fill.ts';
import type { Loaded } from './load.ts';
import type { ContentError } from './content-error.ts';
import { lineOf } from './yaml-file.ts';

/** What the code expects of the words: every cause with the facts it tells, every intent with its kinds, every question of the hand-off. */
export interface ContentContract {
  readonly causes: readonly CauseShape[];
  readonly intents: Readonly<Record<string, readonly string[]>>;
  readonly questions: readonly string[];
}

/** `words` stand on the line of the problem, the last one of them in the file for `last`; without words it is line 1. */
type Find = (file: string, words: string, message: string, which?: 'first' | 'last') => void;

/** All problems of the content: those of single files, and where words and code do not fit. Sorted by file and line. */
export function checkContent(folder: string, { content, problems }: Loaded, expected: ContentContract): ContentError[] {
  const found = [...problems];
  const find: Find = (file, words, message, which = 'first') => {
    found.push({ file, line: words === '' ? 1 : lineWith(folder, file, words, which), message });
  };
  if (problems.length === 0) {
    checkCauses(content, expected.causes, find);
    checkReplies(folder, content, expected.questions, found);
    checkLanguages(content, find);
    checkIntents(folder, content, expected.intents, found);
  }
  return found.sort((a, b) => a.file.localeCompare(b.file) || a.line - b.line);
}

function checkCauses(content: Content, shapes: readonly CauseShape[], find: Find): void {
  const slugs = new Set(shapes.map((shape) => shape.slug));
  for (const slug of content.causes.keys())
    if (!slugs.has(slug)) find(`causes/${slug}.md`, '', `there is no cause "${slug}" in src/diagnosis/causes`);
  for (const shape of shapes) {
    const page = content.causes.get(shape.slug);
    if (page) checkPage(content, page, shape, find);
    else find(`causes/${shape.slug}.md`, '', `write the page of the cause "${shape.slug}"`);
  }
}

function checkPage(content: Content, page: CausePage, shape: CauseShape, find: Find): void {
  const file = `causes/${page.slug}.md`;
  const article = content.articles.get(page.article);
  if (!article) find(file, 'article:', `there is no article "${page.article}"`);
  checkChoices(page.steps, shape.proves, (message) => find(file, 'steps:', message));
  for (const id of Object.values(page.steps).flat())
    if (article && !article.steps.some((step) => step.id === id))
      find(file, 'steps:', `the article "${page.article}" has no step "${id}"`);
  const always = ['feature', 'company'];
  checkVariants(page.proved, shape.proves, always, (message) => find(file, 'proved:', message));
  checkVariants(page.ruledOut, shape.excludes, always, (message) => find(file, 'ruled-out:', message));
  const facts = [...always, 'proof', ...factsOf(shape, '')];
  const missing = (template: string) => placeholdersOf(template).filter((name) => !facts.includes(name));
  const complaint = (name: string) => `there is no fact {{${name}}} here; there are ${facts.join(', ')}`;
  for (const name of missing(page.sendOn ?? '')) find(file, 'send-on:', complaint(name));
  for (const name of missing(page.body)) find(file, `{{${name}}}`, complaint(name), 'last');
  checkChoices(page.fixes, shape.proves, (message) => find(file, 'fixes:', message));
  if (Object.keys(page.waiting).length > 0) {
    checkChoices(page.waiting, shape.proves, (message) => find(file, 'waiting:', message));
    for (const [variant, template] of Object.entries(page.waiting))
      for (const name of placeholdersOf(template).filter((one) => !factsOf(shape, variant).includes(one)))
        find(file, 'waiting:', `"${variant}" has no fact {{${name}}}`);
  }
  for (const variant of page.warns)
    if (!(variant in shape.excludes)) find(file, 'warns:', `the cause has no "${variant}" that does not block`);
  const ownHands = Object.values(page.fixes).every((one) => one === 'you' || one === 'us');
  if (!ownHands && page.sendOn === null) find(file, 'fixes:', 'add "send-on": a message for whoever can fix it');
}

/** What is chosen for a variant, or for all by `always`: every variant must have one. */
function checkChoices(
  written: Readonly<Record<string, unknown>>,
  needed: Readonly<Record<string, readonly string[]>>,
  complain: (message: string) => void,
): void {
  for (const variant of Object.keys(needed))
    if (!(variant in written) && !('always' in written)) complain(`write one for "${variant}"`);
  for (const variant of Object.keys(written))
    if (variant !== 'always' && !(variant in needed)) complain(`the cause has no "${variant}"`);
}

/** The facts of one variant of the proof; for a text of all variants those that each of them tells. */
function factsOf({ proves }: CauseShape, variant: string): readonly string[] {
  return proves[variant] ?? Object.values(proves).reduce((a, b) => a.filter((fact) => b.includes(fact)));
}

function checkVariants(
  written: Readonly<Record<string, string>>,
  needed: Readonly<Record<string, readonly string[]>>,
  always: readonly string[],
  complain: (message: string) => void,
): void {
  for (const variant of Object.keys(needed)) if (!(variant in written)) complain(`write a sentence for "${variant}"`);
  for (const [variant, template] of Object.entries(written)) {
    const facts = needed[variant];
    if (!facts) complain(`the cause has no "${variant}"; it has ${Object.keys(needed).join(', ')}`);
    for (const name of placeholdersOf(template))
      if (facts && ![...always, ...facts].includes(name)) complain(`"${variant}" has no fact {{${name}}}`);
  }
}

function checkReplies(folder: string, { replies }: Content, questions: readonly string[], found: ContentError[]): void {
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
