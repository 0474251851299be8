import type { Services } from './services.ts';
import { StepsDialog } from './steps-dialog.ts';

interface Saved {
  /** The article and nothing more: something else was said besides. */
  brief: boolean;
}

/** Answers a how-to question with the article that fits it best. */
export function askArticle(needs: Pick<Services, 'search'>) {
  return new StepsDialog<Saved>('ask-article', () => ({ brief: false }), {
    search(talk, { brief }) {
      const hit = needs.search(talk.heard.text);
      if (!hit) {
        talk.unanswered = talk.heard.text;
        talk.say('no-article');
        talk.offer([talk.words.action('hand-off')]);
        return { end: undefined };
      }
      const { slug, title, answer } = hit.article;
      talk.say('article', { title, answer, url: talk.words.articleUrl(slug) });
      talk.shown.push({ article: slug, cause: null });
      talk.reach('assumed');
      if (brief) return { end: undefined };
      return { begin: 'rate-answer', options: { article: slug }, then: 'finish' };
    },
    finish: () => ({ end: undefined }),
  });
}
