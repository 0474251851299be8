import type { Article } from '../src/domain/content.ts';
import type { DialogOptions } from './dialog-options.ts';
import type { Services } from './services.ts';
import { StepsDialog, type Next } from './steps-dialog.ts';
import type { Turn } from './turn.ts';

interface Saved extends Required<DialogOptions['ask-article']> {
  /** The article that is shown, or may be. */
  slug: string;
}

type Step = 'search' | 'takeWhether' | 'show' | 'finish';

/** Answers a how-to question with the article that fits it best; where none plainly does, it asks or says so. */
export function askArticle(needs: Pick<Services, 'search'>) {
  return new StepsDialog<Saved, Step>('ask-article', () => ({ brief: false, slug: '' }), {
    search(turn, saved) {
      const found = needs.search(turn.recognized.text);
      if (!found) return tellNone(turn, saved);
      saved.slug = found.article.slug;
      if (turn.memory.articles.includes(saved.slug)) return tellAgain(turn, found.article);
      if (found.isCertain) return { go: 'show' };
      if (saved.brief) return tellNone(turn, saved);
      turn.say('closest-article', { title: found.article.title }, { kind: 'choice' });
      const actions = (['yes', 'no', 'hand-off'] as const).map((name) => turn.words.action(name));
      return { waitFor: 'takeWhether', actions };
    },

    takeWhether(turn, saved) {
      const { intent } = turn.recognized;
      if (intent === 'yes') return { go: 'show' };
      return intent === 'no' || intent === 'objection' ? tellNone(turn, saved) : 'pass';
    },

    show(turn, saved) {
      const { slug, title, answer, steps } = turn.words.article(saved.slug);
      turn.say('article', { title, answer, url: turn.words.articleUrl(slug) });
      turn.shown.push({ article: slug, cause: null });
      turn.memory.articles = [...turn.memory.articles, slug].slice(-mostRemembered);
      turn.reachOutcome('answered');
      if (saved.brief) return { end: undefined };
      return { begin: 'rate-answer', options: { article: slug, steps: steps.map(({ id }) => id) }, then: 'finish' };
    },

    finish: () => ({ end: undefined }),
  });
}

/** Only so many articles are remembered. */
const mostRemembered = 30;

/** Beside something else that is answered, nothing is said of it. */
function tellNone(turn: Turn, { brief }: Saved): Next<Step> {
  turn.unanswered = turn.recognized.text;
  if (brief) return { end: undefined };
  turn.say('no-article');
  turn.offerPerson();
  return { end: undefined };
}

function tellAgain(turn: Turn, { slug, title }: Article): Next<Step> {
  turn.say('article-again', { title, url: turn.words.articleUrl(slug) });
  turn.offerPerson();
  return { end: undefined };
}
