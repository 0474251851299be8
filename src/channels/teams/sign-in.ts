import { z } from 'zod';
import { codeOf } from '../../domain/errors.ts';
import type { Links } from '../../domain/channels.ts';
import type { SubjectByEmail } from '../../domain/ports.ts';
import { email, text } from '../../domain/schemas.ts';
import type { SubjectFields } from '../../domain/subject.ts';
import { createExpiringCache } from '../../http/expiring-cache.ts';
import type { ChannelNeeds } from '../channel.ts';
import type { ChannelWords } from '../channel-words.ts';
import type { ChannelEvent } from '../inbound.ts';
import type { Wire } from '../wire.ts';
import { tenantOf, type TeamsActivity } from './activity.ts';
import type { Connector } from './connector.ts';
import { addressShape, signInFailureOf, signInOf } from './events.ts';
import { resourceOf } from './manifest.ts';
import type { TeamsSettings } from './settings.ts';
import { createTenantVerifier, type TenantTokenNeeds } from './tenant-token.ts';
import { refusal, type Refusal } from './verify-token.ts';

/** What single sign-on is made from. */
export interface SignInNeeds extends TenantTokenNeeds, Pick<ChannelNeeds, 'random' | 'receive'> {
  readonly connector: Pick<Connector, 'send'>;
  readonly links: Pick<Links, 'find'>;
  /** Null: no account API is connected. */
  readonly subjectByEmail: SubjectByEmail | null;
  readonly words: () => ChannelWords;
}

/** Who somebody in Teams is, by a token of their organisation's sign-in (Entra), without a word. */
export interface SignIn {
  /** Asks Teams for a token of whoever wrote this, where nobody knows yet whose account it is. Does not wait. */
  ask(event: ChannelEvent): void;
  /** Takes the token that Teams got; null: it was good, whether or not an account is theirs. */
  take(activity: TeamsActivity): Promise<Refusal | null>;
  /** Tells who wrote, once a day, how else we can know them, where Teams could get no token. Does not wait. */
  fail(activity: TeamsActivity): void;
  /** Resolves when nothing is being said. */
  idle(): Promise<void>;
}

/** Why Teams got none, in its words. */
const failures = [
  ...['installappfailed', 'authrequestfailed', 'installedappnotfound', 'invokeerror', 'resourcematchfailed'],
  ...['oauthcardnotvalid', 'tokenmissing'],
];

/** People who were asked are asked again after a day; the oldest of so many sooner. */
const askedOptions = { max: 5_000, ttlMs: 24 * 3_600_000 };

/** A full member, on whose behalf Teams speaks. What they sign in with counts: its domain must be the tenant's own. */
const memberShape = z
  .object({
    iss: z.string(),
    tid: z.guid().toLowerCase(),
    oid: z.guid().toLowerCase(),
    scp: text(1_000).refine((scopes) => scopes.split(' ').includes('access_as_user')),
    upn: email,
    idp: z.string().optional(),
    acct: z.literal(0).optional(),
  })
  // A guest comes from somewhere else, or is said to be one (1).
  .refine(({ iss, idp = iss }) => idp === iss);

/** Single sign-on of the members of trusted tenants, in personal chats. */
export function createSignIn({ appId, trustedTenants }: TeamsSettings, needs: SignInNeeds): SignIn {
  const { clock, log, links, connector, random, words } = needs;
  const asked = createExpiringCache<object>({ ...askedOptions, clock });
  const failed = createExpiringCache<object>({ ...askedOptions, clock });
  let sending = Promise.resolve();
  const verifiers = new Map(trustedTenants.map((tenant) => [tenant, createTenantVerifier(tenant, needs)]));

  /** To who is not known yet. */
  async function send({ user, to }: ChannelEvent, content: Wire): Promise<void> {
    if (await links.find(user)) return;
    const address = addressShape.parse(to);
    await connector.send(address, { type: 'message', ...content, from: { id: address.bot } });
  }

  /** A member, in their own chat, once a day. */
  function tell(event: ChannelEvent, told: typeof asked, content: () => Wire): void {
    const [, tenant = ''] = event.user.split('|');
    if (event.shared || !verifiers.has(tenant) || told.has(event.user)) return;
    told.set(event.user, {});
    const sent = send(event, content()).catch((err: unknown) => log.info({ err }, 'nothing was said of a sign-in'));
    sending = Promise.all([sending, sent]).then(() => undefined);
  }

  function cardOf(text: string): Wire {
    const tokenExchangeResource = { id: random.id(22), uri: resourceOf(appId) };
    // Without a button Teams asks for the consent by itself, where any is needed.
    const content = { text, connectionName: '', buttons: [], tokenExchangeResource };
    return { attachments: [{ contentType: 'application/vnd.microsoft.card.oauth', content }] };
  }

  /** The address with which the author signs in. */
  async function addressOf(activity: TeamsActivity, token: string): Promise<string | Refusal> {
    const tenant = tenantOf(activity) ?? '';
    const verify = verifiers.get(tenant);
    if (!verify) return refusal(403, 'tenant-refused');
    const read = await verify(token, [appId, resourceOf(appId)]);
    if ('why' in read) return read;
    const member = memberShape.safeParse(read.claims).data;
    const isAuthor = member?.tid === tenant && member.oid === activity.from.aadObjectId;
    return isAuthor ? member.upn : refusal(403, 'member-unproved');
  }

  async function subjectOf(address: string): Promise<SubjectFields | null> {
    try {
      return (await needs.subjectByEmail?.(address)) ?? null;
    } catch (error) {
      log.warn({ channel: 'teams', code: codeOf(error), err: error }, 'nobody could say who a member is');
      return null;
    }
  }

  return {
    ask(event) {
      tell(event, asked, () => cardOf(words().line('channel-sign-in')));
    },
    async take(activity) {
      const read = signInOf(activity);
      if (!read || read.event.shared) return refusal(403, 'sign-in-wrong');
      const address = await addressOf(activity, read.token);
      if (typeof address !== 'string') return address;
      const found = await subjectOf(address);
      const proved = found && { ...found, verifiedBy: 'single-sign-on' as const };
      if (proved && !(await links.find(read.event.user))) await needs.receive({ ...read.event, proved });
      return null;
    },
    fail(activity) {
      const { code, event } = signInFailureOf(activity);
      log.warn(
        { channel: 'teams', why: failures.find((one) => one === code) ?? 'other' },
        'Teams could not sign somebody in',
      );
      tell(event, failed, () => ({ textFormat: 'plain', text: words().line('channel-sign-in-failed') }));
    },
    idle: () => sending,
  };
}
