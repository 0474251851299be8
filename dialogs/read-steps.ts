import { StepsDialog } from './steps-dialog.ts';
import type { DialogOptions } from './dialog-options.ts';
import type { Turn } from './turn.ts';

type Saved = Required<DialogOptions['read-steps']>;

/** Reads back steps of an article, word for word, with a link to it. */
export function readSteps() {
  return new StepsDialog<Saved, 'read'>('read-steps', () => ({ article: '', steps: [], again: false }), {
    read(turn, saved) {
      const chosen = saved.again ? offeredBefore(turn) : { article: saved.article, steps: notOffered(turn, saved) };
      if (chosen.steps.length > 0) say(turn, chosen.article, chosen.steps);
      else if (saved.again) turn.say('no-more-steps');
      return { end: undefined };
    },
  });
}

function offeredBefore({ memory }: Turn) {
  const article = memory.steps.at(-1)?.article ?? '';
  return { article, steps: memory.steps.filter((one) => one.article === article).map((one) => one.step) };
}

function notOffered({ memory }: Turn, { article, steps }: Saved): string[] {
  return steps.filter((step) => !memory.steps.some((one) => one.article === article && one.step === step));
}

function say(turn: Turn, slug: string, ids: readonly string[]): void {
  const article = turn.words.article(slug);
  const steps = ids.flatMap((id) => article.steps.filter((step) => step.id === id));
  const link = { slug, title: article.title, url: turn.words.articleUrl(slug) };
  const intro = turn.words.line('from-article', { title: link.title, url: link.url });
  turn.reply([intro, ...steps.map((step) => step.text)].join('\n\n'), { kind: 'steps', article: link });
  const known = new Set(turn.memory.steps.map((one) => one.step));
  for (const step of ids.filter((id) => !known.has(id)))
    turn.memory.steps.push({ article: slug, step, tried: false, observed: null });
}
