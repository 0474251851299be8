import type { ArticleRead } from '../src/domain/activity.ts';
import type { Turn } from './turn.ts';

const mostRead = 5;

/** The customer comes from an article that did not help, or not enough: it is on their ticket, and not shown again. */
export function onArticleRead(turn: Turn, { article: slug }: ArticleRead): void {
  const { memory, words, answering } = turn;
  const title = words.articleTitle(slug);
  if (title === null) return;
  memory.articles = [...memory.articles.filter((one) => one !== slug), slug];
  memory.read = [...memory.read, { article: slug, at: turn.at }].slice(-mostRead);
  // A person answers: the bot says nothing.
  if (answering) return;
  turn.say('article-read', { title });
  turn.offerPerson(turn.offeredBefore);
}
