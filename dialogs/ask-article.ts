import type { DialogOptions } from './dialog-options.ts';
import type { Services } from './services.ts';
import { StepsDialog } from './steps-dialog.ts';

/** Answers a how-to question with the article that fits it best. */
export function askArticle(needs: Pick<Services, 'search'>) {
  return new StepsDialog<Required<DialogOptions['ask-article']>, 'search' | 'finish'>(
    'ask-article',
    () => ({ brief: false }),
    {
      search(turn, { brief }) {
        const article = needs.search(turn.recognized.text);
        if (!article) {
          turn.unanswered = turn.recognized.text;
          turn.say('no-article');
          turn.offer([turn.words.action('hand-off')]);
          return { end: undefined };
        }
        const { slug, title, answer } = article;
        turn.say('article', { title, answer, url: turn.words.articleUrl(slug) });
        turn.shown.push({ article: slug, cause: null });
        turn.reachOutcome('assumed');
        if (brief) return { end: undefined };
        return { begin: 'rate-answer', options: { article: slug }, then: 'finish' };
      },
      finish: () => ({ end: undefined }),
    },
  );
}
