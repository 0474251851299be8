import type { Article, Content } from '../domain/content.ts';
import { SupportError } from '../domain/errors.ts';
import { feedbackReasons } from '../domain/outcome.ts';
import { html, type Html } from '../http/html.ts';

/** What a reader says of an article; `visit` names the page that they were sent. */
export interface Rating {
  readonly visit: string;
  readonly answered: boolean;
  readonly reason: string | null;
}

/** What became of it, as the address tells that the reader is sent to; null: nothing was said yet. */
export interface RatingState {
  readonly visit: string;
  readonly said: 'yes' | 'no' | 'failed' | null;
  readonly reason: string | null;
}

const visitShape = /^[\w-]{22}$/;

/** What a form says. Throws `message-invalid`. */
export function ratingIn(body: string): Rating {
  const form = new URLSearchParams(body);
  const [visit, answered] = [form.get('visit') ?? '', form.get('answered') ?? ''];
  if (!visitShape.test(visit) || (answered !== 'yes' && answered !== 'no')) throw new SupportError('message-invalid');
  const reason = feedbackReasons.find((one) => one === form.get('reason')) ?? null;
  return { visit, answered: answered === 'yes', reason: answered === 'no' ? reason : null };
}

/** Where a reader is sent who said something. */
export function addressAfter({ slug }: Article, { visit, answered, reason }: Rating, isStored: boolean): string {
  const said = !isStored ? 'failed' : answered ? 'yes' : 'no';
  const query = new URLSearchParams({ said, visit, ...(reason !== null && { reason }) });
  return `/articles/${encodeURIComponent(slug)}?${query.toString()}#rating`;
}

/** What was said before this page; `visit` is empty where it is its own. */
export function ratingStateOf(query: URLSearchParams): RatingState {
  const visit = query.get('visit') ?? '';
  const said = (['yes', 'no', 'failed'] as const).find((one) => one === query.get('said')) ?? null;
  if (said === null || !visitShape.test(visit)) return { visit: '', said: null, reason: null };
  return { visit, said, reason: query.get('reason') };
}

/** "Did this answer your question?", what was said to it, and after a no the one tap for why. */
export function ratingSection({ slug }: Article, state: RatingState, { replies: { lines, actions } }: Content): Html {
  const { visit, said } = state;
  const form = (content: Html) =>
    html`<form method="post" action="/articles/${encodeURIComponent(slug)}/feedback">
      <input type="hidden" name="visit" value="${visit}" />
      ${content}
    </form>`;
  const answer = (name: 'yes' | 'no') =>
    html`<button name="answered" value="${name}" aria-pressed="${String(said === name)}">
      ${actions[name] ?? ''}
    </button>`;
  const why = (name: string) =>
    html`<button name="reason" value="${name}" aria-pressed="${String(state.reason === name)}">
      ${actions[name] ?? ''}
    </button>`;
  const told = said && (lines[said === 'failed' ? 'feedback-failed' : 'feedback-thanks'] ?? '');
  return html`<section id="rating" class="rating" aria-labelledby="rating-title">
    <h2 id="rating-title">${lines['ask-answered'] ?? ''}</h2>
    ${form(html`<p>${answer('yes')} ${answer('no')}</p>`)}
    <p class="told" role="status">${told}</p>
    ${said === 'no' ? form(whySection(lines['ask-why'] ?? '', feedbackReasons.map(why))) : null}
  </section>`;
}

function whySection(question: string, reasons: readonly Html[]): Html {
  return html`<fieldset>
    <legend>${question}</legend>
    <input type="hidden" name="answered" value="no" />
    ${reasons}
  </fieldset>`;
}
