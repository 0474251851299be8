import type { Article, Content } from '../domain/content.ts';
import { SupportError } from '../domain/errors.ts';
import { onPage } from '../domain/outcome.ts';
import type { FeedbackBook, Limiter, Log, Random } from '../domain/ports.ts';
import { page, redirect, type Answer } from '../http/answer.ts';
import type { ClientKey } from '../http/client-keys.ts';
import { formPolicy } from '../http/layout.ts';
import type { Origins } from '../http/origins.ts';
import { spend } from '../http/rate-limit.ts';
import { readText } from '../http/read-json.ts';
import type { Call, Route } from '../http/route.ts';
import { addressAfter, ratingIn, ratingStateOf } from './rating.ts';
import { tagged } from './tagged.ts';
import type { ViewCounter } from './view-counter.ts';

/** What the help center's pages are made from. */
export interface HelpNeeds {
  readonly content: Content;
  readonly origins: Pick<Origins, 'addressFor'>;
  /** Those that fit a question, the best first. */
  readonly findArticles: (question: string) => Promise<readonly Article[]>;
  readonly feedback: FeedbackBook;
  /** How often one sender may say something. */
  readonly ratings: Limiter;
  readonly clientKey: ClientKey;
  readonly views: ViewCounter;
  readonly random: Random;
  readonly log: Log;
}

/** Bytes. */
const largestForm = 2_000;
const longestQuery = 200;
const markdown = '.md';

/** The articles: as pages, as a list with a search, rated by their readers, and for programs. */
export function helpRoutes(needs: HelpNeeds): Route[] {
  const { content, origins } = needs;
  // They come with a parser, which is not needed for a start.
  const files = () => import('./machine-files.ts');
  const text = (request: Call, type: string, body: string) =>
    tagged(request, { status: 200, type: `${type}; charset=utf-8`, body });
  return [
    ['get', '/articles', (request) => showArticles(needs, request)],
    ['get', '/articles/:slug', (request) => showArticle(needs, request)],
    ['post', '/articles/:slug/feedback', (request) => takeRating(needs, request)],
    [
      'get',
      '/llms.txt',
      async (request) => text(request, 'text/plain', (await files()).llmsText(content, origins.addressFor(request))),
    ],
    [
      'get',
      '/sitemap.xml',
      async (request) =>
        text(request, 'application/xml', (await files()).sitemap(content, origins.addressFor(request))),
    ],
    [
      'get',
      '/robots.txt',
      async (request) => text(request, 'text/plain', (await files()).robotsText(origins.addressFor(request))),
    ],
  ];
}

/** With a policy that lets our own forms say where they come from: that is how a foreign one is known. */
function helpPage(body: string): Answer {
  const { headers, ...answer } = page(body, formPolicy);
  return { ...answer, headers: { ...headers, 'referrer-policy': 'same-origin' } };
}

async function showArticles({ content, origins, findArticles }: HelpNeeds, request: Call): Promise<Answer> {
  const query = (new URLSearchParams(request.getQuery()).get('q') ?? '').trim().slice(0, longestQuery);
  const { articlesPage } = await import('./articles-page.ts');
  const found = query === '' ? null : { query, articles: await findArticles(query) };
  return tagged(request, helpPage(articlesPage(content, found, origins.addressFor(request))));
}

async function showArticle({ content, origins, views, random }: HelpNeeds, request: Call): Promise<Answer> {
  const asked = request.params.slug ?? '';
  if (asked.endsWith(markdown)) return asMarkdown(articleNamed(content, asked.slice(0, -markdown.length)), request);
  const article = articleNamed(content, asked);
  const state = ratingStateOf(new URLSearchParams(request.getQuery()));
  if (state.said === null) views.saw(article.slug, request);
  const { articlePage } = await import('./article-page.ts');
  const base = origins.addressFor(request);
  // Each copy of a page has a name of its own, and two with the same words are as good as each other.
  const words = articlePage(article, content, { ...state, visit: '' }, base);
  const visit = state.visit === '' ? random.id(22) : state.visit;
  return tagged(request, helpPage(articlePage(article, content, { ...state, visit }, base)), words + state.visit);
}

function asMarkdown({ title, markdown: text }: Article, request: Call): Answer {
  const body = `# ${title}\n\n${text.replaceAll(/ \{#[a-z0-9-]{1,60}\}$/gm, '')}\n`;
  return tagged(request, { status: 200, type: 'text/markdown; charset=utf-8', body });
}

/** Throws `not-found`. */
function articleNamed({ articles }: Content, slug: string): Article {
  const article = articles.get(slug);
  if (!article) throw new SupportError('not-found');
  return article;
}

/** Whoever says something is always sent back to the page that they said it on. */
async function takeRating(needs: HelpNeeds, request: Call): Promise<Answer> {
  const article = articleNamed(needs.content, request.params.slug ?? '');
  const rating = ratingIn(await readText(request, largestForm));
  const { slug, version } = article;
  const { visit, answered, reason } = rating;
  const said = { channel: onPage, complaintNumber: 0, answered, reason, cause: null, article: slug, version };
  try {
    await spend(needs.ratings, needs.clientKey(request));
    await needs.feedback.give(`${onPage}_${visit}`, said);
  } catch (error) {
    needs.log.warn({ article: slug, err: error }, 'feedback below an article was not stored');
    return redirect(addressAfter(article, rating, false));
  }
  return redirect(addressAfter(article, rating, true));
}
