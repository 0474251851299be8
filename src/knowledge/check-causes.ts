import type { CausePage, Content, FindingSentences } from '../domain/content.ts';
import type { CauseShape } from '../domain/verdict.ts';
import { placeholdersOf } from './fill.ts';

/** `words` stand on the line of the problem, the last one of them in the file for `last`; without words it is line 1. */
export type Find = (file: string, words: string, message: string, which?: 'first' | 'last') => void;

/** How a cause's page is shown that reads from an article which a later folder replaced or took away; null: none did. */
export type Replaced = (page: string, article: string) => string | null;

/** The causes that need a page; of broken files, by their path, nothing more is said. */
interface Expected {
  readonly shapes: readonly CauseShape[];
  readonly broken: ReadonlySet<string>;
  readonly replaced: Replaced;
}
type Read = Omit<Expected, 'shapes'> & { readonly content: Content };

type Variants = Readonly<Record<string, readonly string[]>>;
type Complain = (message: string) => void;

const always = ['feature', 'company'];
/** What a sentence about some features may name: those that are blocked, and those that are not. */
const someFeatures = ['blocked', 'spared', 'company'];

/** Whether every cause has a page, and every page the sentences, the steps and the facts that its cause needs. */
export function checkCauses(content: Content, { shapes, ...rest }: Expected, find: Find): void {
  const slugs = new Set(shapes.map((shape) => shape.slug));
  for (const slug of content.causes.keys())
    if (!slugs.has(slug)) find(`causes/${slug}.md`, '', `there is no cause "${slug}" in src/diagnosis/causes`);
  for (const shape of shapes) {
    const page = content.causes.get(shape.slug);
    if (page) checkPage({ content, ...rest }, page, shape, find);
    else find(`causes/${shape.slug}.md`, '', `write the page of the cause "${shape.slug}"`);
  }
}

function checkPage(read: Read, page: CausePage, shape: CauseShape, find: Find): void {
  const file = `causes/${page.slug}.md`;
  const complainAt = (words: string) => (message: string) => find(file, words, message);
  checkSteps(read, page, shape, find);
  checkSentences(page, shape, complainAt);
  checkForAgents(page.forAgents, shape, complainAt('for-agents:'));
  const facts = [...always, 'proof', ...factsOf(shape, '')];
  for (const name of placeholdersOf(page.body).filter((one) => !facts.includes(one)))
    find(file, `{{${name}}}`, `there is no fact {{${name}}} here; there are ${facts.join(', ')}`, 'last');
  if (page.alone !== null) checkTold({ always: page.alone }, shape, always, complainAt('alone:'));
  checkTold(page.sendOn, shape, always, complainAt('send-on:'));
  checkTold(page.waiting, shape, always, complainAt('waiting:'));
  checkChoices(page.agentNext, shape.proves, complainAt('agent-next:'));
  if (page.checks !== null && page.label === null) find(file, 'checks:', 'add "label": what is looked at, in a word');
  for (const variant of page.warns)
    if (!(variant in shape.excludes)) find(file, 'warns:', `the cause has no "${variant}" that does not block`);
  const isSent = (variant: string) => !['you', 'us', undefined].includes(page.fixes[variant] ?? page.fixes.always);
  const lacks = (variant: string) => isSent(variant) && !(page.sendOn[variant] ?? page.sendOn.always);
  if (Object.keys(shape.proves).some(lacks)) find(file, 'fixes:', 'add "send-on": a message for whoever can fix it');
}

function checkSteps({ content, broken, replaced }: Read, page: CausePage, { proves }: CauseShape, find: Find): void {
  const [file, articleFile] = [`causes/${page.slug}.md`, `articles/${page.article}.md`];
  const at = (words: string) => (message: string) => find(file, words, message);
  const article = content.articles.get(page.article);
  const ours = replaced(file, articleFile);
  // Whoever replaced the article can mend that, and not our page.
  const noArticle = `${ours} reads from this article: write it, or copy that page here and name another`;
  if (!article && ours !== null) find(articleFile, '', noArticle);
  else if (!article && !broken.has(articleFile)) at('article:')(`there is no article "${page.article}"`);
  checkChoices(page.steps, proves, at('steps:'));
  checkChoices(page.fixes, proves, at('fixes:'));
  for (const id of Object.values(page.steps).flat())
    if (article && !article.steps.some((step) => step.id === id))
      if (ours === null) at('steps:')(`the article "${page.article}" has no step "${id}"`);
      else
        find(
          articleFile,
          '',
          `no step has the id {#${id}}, and ${ours} reads that step back: give a step that id, or copy that page here and change its steps`,
        );
}

function checkSentences(page: CausePage, shape: CauseShape, at: (words: string) => Complain): void {
  checkVariants(page.proved, shape.proves, always, at('proved:'));
  checkVariants(page.possible, shape.possible ?? {}, someFeatures, at('possible:'));
  checkVariants(page.ruledOut, shape.excludes, always, at('ruled-out:'));
}

/** Agents read the customers' sentence wherever they have none of their own. */
function checkForAgents(sentences: FindingSentences, shape: CauseShape, complain: Complain): void {
  const { proved, possible, ruledOut } = sentences;
  const only = (written: Readonly<Record<string, string>>, needed: Variants, names: readonly string[]) =>
    checkVariants({ ...written }, needed, names, (message) => {
      if (!message.startsWith('write ')) complain(message);
    });
  only(proved, shape.proves, always);
  only(possible, shape.possible ?? {}, someFeatures);
  only(ruledOut, shape.excludes, always);
}

/** What is chosen for a variant, or for all by `always`: every variant must have one. */
function checkChoices(written: Readonly<Record<string, unknown>>, needed: Variants, complain: Complain): void {
  for (const variant of Object.keys(needed))
    if (!(variant in written) && !('always' in written)) complain(`write one for "${variant}"`);
  checkNames(written, needed, complain);
}

function checkNames(written: Readonly<Record<string, unknown>>, needed: Variants, complain: Complain): void {
  for (const variant of Object.keys(written))
    if (variant !== 'always' && !(variant in needed)) complain(`the cause has no "${variant}"`);
}

/** A text that is chosen by the variant of the proof, where there is one at all, and tells that variant's facts. */
function checkTold(
  written: Readonly<Record<string, string>>,
  shape: CauseShape,
  names: readonly string[],
  complain: Complain,
): void {
  checkNames(written, shape.proves, complain);
  for (const [variant, template] of Object.entries(written))
    for (const name of placeholdersOf(template).filter((one) => ![...names, ...factsOf(shape, variant)].includes(one)))
      complain(`"${variant}" has no fact {{${name}}}`);
}

/** The facts of one variant of the proof; for a text of all variants those that each of them tells. */
function factsOf({ proves }: CauseShape, variant: string): readonly string[] {
  return proves[variant] ?? Object.values(proves).reduce((a, b) => a.filter((fact) => b.includes(fact)));
}

function checkVariants(
  written: Readonly<Record<string, string>>,
  needed: Variants,
  names: readonly string[],
  complain: Complain,
): void {
  for (const variant of Object.keys(needed)) if (!(variant in written)) complain(`write a sentence for "${variant}"`);
  for (const [variant, template] of Object.entries(written)) {
    const facts = needed[variant];
    if (!facts) complain(`the cause has no "${variant}"; it has ${Object.keys(needed).join(', ') || 'none'}`);
    for (const name of placeholdersOf(template))
      if (facts && ![...names, ...facts].includes(name)) complain(`"${variant}" has no fact {{${name}}}`);
  }
}
