import type { Agent, Role } from '../../domain/agent.ts';
import { codeOf, errorCodes, SupportError } from '../../domain/errors.ts';
import { lazily } from '../../domain/lazily.ts';
import type { Clock, Log, Random, Store, Tokens } from '../../domain/ports.ts';
import { errorAnswer, type Answer } from '../../http/answer.ts';
import type { Call, Handler } from '../../http/route.ts';
import type { BegunSignIn, KnownPerson, OpenId } from '../../identity/openid.ts';
import { html } from '../../http/html.ts';
import { createCookie } from './cookies.ts';
import { safeNext } from './next.ts';
import { sentencePage } from './pages.ts';
import { createEncryptedCookie } from './encrypted-cookie.ts';
import { seeOther, type Sessions } from './sessions.ts';

/** What the sign-in with a provider needs; `redirectUri`: the address of its last step. */
export interface OpenIdStepsNeeds {
  readonly openId: OpenId;
  readonly redirectUri: string;
  readonly rolesOf: (email: string | null) => readonly Role[];
  readonly sessions: Sessions;
  readonly tokens: Pick<Tokens, 'claimOnce'>;
  readonly sharedKey: Store['sharedKey'];
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
}

interface Begun extends BegunSignIn {
  readonly next: string;
}

/** For how long a sign-in that was begun can be finished. */
const begunSeconds = 600;

/** The steps of a sign-in: to the provider, and back from it. */
export interface OpenIdSteps {
  readonly begin: Handler;
  readonly finish: Handler;
}

/** Goes to the provider, and comes back from it. */
export function openIdSteps(needs: OpenIdStepsNeeds): OpenIdSteps {
  const { openId, redirectUri, clock, sharedKey } = needs;
  const begunCookie = createEncryptedCookie<Begun>(
    lazily(() => sharedKey('sign-in')),
    clock,
    begunSeconds,
  );
  const cookie = createCookie('latchkey_sign_in', '/console/callback', begunSeconds, redirectUri.startsWith('https:'));

  async function begin(request: Call): Promise<Answer> {
    const { url, begun } = await openId.begin();
    const next = safeNext(new URLSearchParams(request.getQuery()).get('next'));
    return seeOther(url, cookie.keep(await begunCookie.close({ ...begun, next })));
  }

  async function finish(request: Call): Promise<Answer> {
    const begun = await begunCookie.open(cookie.read(request) ?? '');
    const currentUrl = new URL(`${redirectUri}?${request.getQuery()}`);
    if (begun?.state !== currentUrl.searchParams.get('state'))
      throw new SupportError('sign-in-failed', {
        detail: 'it was not begun in this browser within the last 10 minutes',
      });
    if (!(await needs.tokens.claimOnce(`sign-in ${begun.state}`, clock.now() + begunSeconds * 1000)))
      throw new SupportError('sign-in-failed', { detail: 'it was finished before' });
    return enter(request, needs, await openId.finish(currentUrl, begun), begun.next);
  }

  return {
    begin: (request) => orTold(needs, () => begin(request)),
    finish: (request) => orTold(needs, () => finish(request)),
  };
}

async function enter(request: Call, needs: OpenIdStepsNeeds, person: KnownPerson, next: string): Promise<Answer> {
  const agent: Agent = { ...person, roles: needs.rolesOf(person.email) };
  if (agent.roles.length > 0) return needs.sessions.begin(request, agent, 'OpenID Connect', next);
  const { id, name, email } = agent;
  needs.log.warn({ person: id, email: email === null ? 'not verified' : 'not listed' }, 'someone without a role');
  const sentence =
    email === null
      ? html`You are signed in as <bdi>${name}</bdi>, but the sign-in service does not vouch for your e-mail address,
          and so you have no role here. Ask your operator.`
      : html`You are signed in as <bdi>${email}</bdi> but have no role here. Ask your operator.`;
  return sentencePage(403, 'No role here', sentence);
}

/** A sign-in that fails is told on a page, and its reason in the log. */
async function orTold({ openId, log }: OpenIdStepsNeeds, step: () => Promise<Answer>): Promise<Answer> {
  try {
    return await step();
  } catch (error) {
    const code = codeOf(error);
    if (code !== 'sign-in-failed' && code !== 'sign-in-unavailable') throw error;
    const fields = { provider: openId.host, reason: (error as SupportError).message };
    if (code === 'sign-in-failed') log.warn(fields, 'a sign-in failed');
    else log.error(fields, 'the sign-in service is unavailable');
    return sentencePage(errorAnswer(error).status, 'Not signed in', errorCodes[code]);
  }
}
