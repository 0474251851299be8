import { StepsDialog } from './steps-dialog.ts';
import type { Talk } from './talk.ts';

interface Saved {
  article: string;
  steps: readonly string[];
  /** Set when the customer asked to hear the steps again; otherwise none is read twice. */
  again: boolean;
}

/** Reads back steps of an article, word for word, with a link to it. */
export function readSteps() {
  return new StepsDialog<Saved>('read-steps', () => ({ article: '', steps: [], again: false }), {
    read(talk, saved) {
      const chosen = saved.again ? offeredBefore(talk) : { article: saved.article, steps: notOffered(talk, saved) };
      if (chosen.steps.length > 0) say(talk, chosen.article, chosen.steps);
      else if (saved.again) talk.say('no-more-steps');
      return { end: undefined };
    },
  });
}

function offeredBefore({ memory }: Talk) {
  const article = memory.steps.at(-1)?.article ?? '';
  return { article, steps: memory.steps.filter((one) => one.article === article).map((one) => one.step) };
}

function notOffered({ memory }: Talk, { article, steps }: Saved): string[] {
  return steps.filter((step) => !memory.steps.some((one) => one.article === article && one.step === step));
}

function say(talk: Talk, slug: string, ids: readonly string[]): void {
  const article = talk.words.article(slug);
  const steps = ids.flatMap((id) => article.steps.filter((step) => step.id === id));
  const link = { slug, title: article.title, url: talk.words.articleUrl(slug) };
  const intro = talk.words.line('from-article', { title: link.title, url: link.url });
  talk.reply([intro, ...steps.map((step) => step.text)].join('\n\n'), { kind: 'steps', article: link });
  const known = new Set(talk.memory.steps.map((one) => one.step));
  for (const step of ids.filter((id) => !known.has(id)))
    talk.memory.steps.push({ article: slug, step, tried: false, observed: null });
}
