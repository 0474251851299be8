import type { Person } from '../../domain/agent.ts';
import { page, type Answer } from '../../http/answer.ts';
import { html, type Html } from '../../http/html.ts';
import { layout, pagePolicy } from '../../http/layout.ts';
import { signInAt } from './next.ts';

/** What the sign-in page offers; `host`: of the OpenID Connect provider, null without one. */
export interface Choices {
  readonly host: string | null;
  /** Whether one-time links let somebody in. */
  readonly hasLinks: boolean;
  readonly next: string;
  readonly signedIn: Person | null;
}

/** The ways to sign in. */
export function choicesPage({ host, hasLinks, next, signedIn }: Choices): Answer {
  const here =
    signedIn &&
    html`<p>You are signed in as <bdi>${signedIn.name}</bdi>. <a href="${next}">Go on to the console</a></p>`;
  const provider =
    host &&
    html`<section class="card">
      <h2>With your company’s account</h2>
      <p><a class="button" href="${signInAt(next, '/openid')}">Sign in with ${host}</a></p>
    </section>`;
  return told(200, 'Sign in to the console', html`${here}${provider}${hasLinks ? linkCard : null}`);
}

const linkCard = html`<section class="card">
  <h2>With a one-time link</h2>
  <p>
    For whoever runs Latchkey. A link is printed in its terminal when it starts. It works once, within 15 minutes, and
    gives every role.
  </p>
  <p><a class="button" href="/console/sign-in/print">Print a new link</a></p>
</section>`;

/** One sentence, and the way back to the sign-in. */
export function sentencePage(status: number, title: string, sentence: Html | string, next = '/console'): Answer {
  return told(
    status,
    title,
    html`<p>${sentence}</p>
      <p><a class="button" href="${signInAt(next)}">Back to the sign-in</a></p>`,
  );
}

function told(status: number, title: string, main: Html): Answer {
  const body = layout(
    title,
    html`<h1>${title}</h1>
      ${main}`,
  );
  const answer = page(body, pagePolicy);
  return { ...answer, status, headers: { ...answer.headers, 'cache-control': 'no-store' } };
}
