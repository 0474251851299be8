import type { Doubt } from '../../src/accounts/source.ts';
import { answerWith, toldAt, validAnswer, type Values } from './fixture.ts';
import { fakeClock } from '../support/fakes.ts';

/** A value that companies really send: what it tells, what it leaves unknown, and what is doubted of it. */
export interface OddValue {
  readonly answer: object;
  readonly told?: Partial<Values>;
  readonly unread?: Readonly<Partial<Record<keyof Values, 'not-told' | 'not-connected'>>>;
  readonly doubts: readonly (readonly [path: string, why: string])[];
}

const at = fakeClock().now();
const whole = toldAt(at);
const [firstQuota, ...otherQuotas] = whole.quotas;
const is = (path: string, why: string): Pick<OddValue, 'doubts'> => ({ doubts: [[path, why]] });
const fine: Pick<OddValue, 'doubts'> = { doubts: [] };
const odd = (path: string, value: unknown) => ({ answer: answerWith(path.split('.'), value) });
const inQuota = (name: string, value: unknown) => odd(`usage.0.${name}`, value);
const unread = (...members: readonly (keyof Values)[]): Pick<OddValue, 'unread'> => ({
  unread: Object.fromEntries(members.map((member) => [member, 'not-told' as const])),
});
const quotas = (differs: object) => ({ told: { quotas: [{ ...firstQuota, ...differs } as never, ...otherQuotas] } });
const notAWord = 'is none of the words that are known';
const noMoment = 'is no moment as RFC 3339 has it';
const noLimit = (kind: string) => `is ${kind}, and should be a number or "unlimited"`;
const entitlements = ['entitlements', 'featureStates', 'unlimitedFeatures'] as const;
const usage = ['quotas', 'rates', 'credits'] as const;

/** Each by what it is. */
export const oddValues: Readonly<Record<string, OddValue>> = {
  // Limits.
  'a limit is a text': {
    ...inQuota('limit', '500000'),
    ...unread('quotas'),
    ...is('usage[].limit', noLimit('a text')),
  },
  'a limit is null': { ...inQuota('limit', null), ...unread('quotas'), ...is('usage[].limit', noLimit('null')) },
  'a limit is -1': { ...inQuota('limit', -1), ...unread('quotas'), ...is('usage[].limit', 'is negative') },
  'a limit is not told': { ...inQuota('limit', undefined), ...unread('quotas'), ...is('usage[].limit', 'is missing') },
  'a limit is 0': { ...inQuota('limit', 0), ...quotas({ limit: 0 }), ...fine },
  'there is no limit, and nobody counts': {
    answer: answerWith(['usage', '0'], { meter: 'tokens', kind: 'quota', limit: 'unlimited' }),
    ...quotas({ used: null, limit: 'unlimited', resetsAt: null }),
    ...fine,
  },
  'there is a limit, and nobody counts': {
    ...inQuota('used', undefined),
    ...unread('quotas'),
    ...is('usage[].used', 'is missing'),
  },
  'the seats have no limit': {
    ...odd('seats.total', 'unlimited'),
    told: { seats: { used: 5, total: 'unlimited' } },
    ...fine,
  },
  'the seats are null': {
    ...odd('seats', null),
    ...unread('seats'),
    ...is('seats', 'is null, and should be an object'),
  },
  'a cap is a text': { ...odd('usage.5.cap', '100'), ...unread('credits'), ...is('usage[].cap', noLimit('a text')) },
  // Windows.
  'a meter has a day and a month': {
    answer: answerWith(['usage'], [dayOf('day'), dayOf('month')]),
    told: { quotas: [quotaOf('day'), quotaOf('month')], rates: [], credits: [] },
    ...fine,
  },
  'a window is no window that we know': {
    ...inQuota('window', 'fortnight'),
    ...unread('quotas'),
    ...is('usage[].window', notAWord),
  },
  // Moments.
  'a reset has no offset': {
    ...inQuota('resetsAt', '2026-12-01T00:00:00'),
    ...unread('quotas'),
    ...is('usage[].resetsAt', 'has no offset from UTC'),
  },
  'a reset is a number of seconds': {
    ...inQuota('resetsAt', 1_796_083_200),
    ...unread('quotas'),
    ...is('usage[].resetsAt', 'is a number, and should be a text'),
  },
  'a reset is over': {
    ...inQuota('resetsAt', '2026-11-22T10:11:00Z'),
    ...quotas({ resetsAt: at - 60_000 }),
    ...is('usage[].resetsAt', 'is over'),
  },
  'a valid session is over': {
    ...odd('user.session.expiresAt', '2026-11-22T09:12:00Z'),
    told: { session: { state: 'valid', expiresAt: at - 3_600_000 } },
    ...is('user.session.expiresAt', 'is over, and the session is called valid'),
  },
  'a trial is over, and still called one': {
    ...odd('subscription.status', 'trialing'),
    told: { subscription: 'trialing' },
    ...is('subscription.trialEndsAt', 'is over, and the subscription is called trialing'),
  },
  'what was paid ends on a day without a time': {
    ...odd('subscription.paidUntil', '2026-11-30'),
    ...unread('paidUntil'),
    ...is('subscription.paidUntil', noMoment),
  },
  'a change is three minutes ahead': {
    ...odd('subscription.changedAt', '2026-11-22T10:15:00Z'),
    told: { planChangedAt: at + 180_000 },
    ...fine,
  },
  'a wait is told in milliseconds': {
    ...odd('usage.3.retryAfter', 90_000),
    ...unread('rates'),
    ...is('usage[].retryAfter', 'is too large'),
  },
  'a wait is a day': {
    ...odd('usage.3.retryAfter', 86_400),
    told: {
      rates: [
        { meter: 'api-calls', retryAt: at + 86_400_000 },
        { meter: 'searches', retryAt: null },
      ],
    },
    ...fine,
  },
  'a change takes a text of time': {
    ...odd('propagationSeconds', '15m'),
    ...unread('propagation'),
    ...is('propagationSeconds', 'is a text, and should be a number'),
  },
  'a change takes milliseconds': {
    ...odd('propagationSeconds', 900_000),
    ...unread('propagation'),
    ...is('propagationSeconds', 'is too large'),
  },
  // Words.
  'a status is of nobody’s list': {
    ...odd('subscription.status', 'cancelled'),
    ...unread('subscription'),
    ...is('subscription.status', notAWord),
  },
  'a status is a number': {
    ...odd('account.status', 1),
    ...unread('accountStatus'),
    ...is('account.status', 'is a number, and should be a text'),
  },
  'a first payment is not completed': {
    ...odd('subscription.status', 'incomplete'),
    told: { subscription: 'incomplete' },
    ...fine,
  },
  'a seat is written in capitals': { ...odd('user.seat', 'ASSIGNED'), ...unread('seat'), ...is('user.seat', notAWord) },
  'a kind is none that we know': {
    ...inQuota('kind', 'lifetime'),
    ...unread(...usage),
    ...is('usage[].kind', notAWord),
  },
  'a role is written in capitals': { ...odd('user.role', 'MEMBER'), told: { role: 'MEMBER' }, ...fine },
  'a role is empty': {
    ...odd('user.role', ''),
    ...unread('role'),
    ...is('user.role', 'is empty, or longer than 200 characters'),
  },
  'there are several roles': {
    ...odd('user.role', ['admin']),
    ...unread('role'),
    ...is('user.role', 'is a list, and should be a text'),
  },
  'a feature is for no role at all': {
    ...odd('entitlements.0.roles', []),
    told: { entitlements: whole.entitlements.map((one, i) => (i === 0 ? { ...one, roles: [] } : one)) },
    ...is('entitlements[].roles', 'is empty, which says neither nobody nor everybody'),
  },
  'a grant is a text': {
    ...odd('entitlements.0.granted', 'true'),
    ...unread('entitlements'),
    ...is('entitlements[].granted', 'is a text, and should be true or false'),
  },
  'a feature stands there twice': {
    ...odd('entitlements.1.feature', 'export'),
    ...unread(...entitlements),
    ...is('entitlements', 'tells a feature twice'),
  },
  'the entitlements are an object': {
    ...odd('entitlements', { export: true }),
    unread: { entitlements: 'not-told', featureStates: 'not-connected', unlimitedFeatures: 'not-connected' },
    ...is('entitlements', 'is an object, and should be a list'),
  },
  'a member is not an object': {
    answer: { ...validAnswer, user: 'usr_7' },
    unread: {
      ...Object.fromEntries(
        ['session', 'role', 'seat', 'otherAccountFeatures', 'userStatus', 'lockout', 'lacksSignIn'].map((member) => [
          member,
          'not-told' as const,
        ]),
      ),
      ...{ unconfirmed: 'not-told', network: 'not-told', roleChangedAt: 'not-told' },
    },
    ...is('user', 'is a text, and should be an object'),
  },
  // What the company does not have.
  'there is none of a word that we do not know': {
    ...odd('hasNo', ['invoices']),
    ...is('hasNo[]', notAWord),
  },
  'there is none of something, and it is told': {
    ...odd('hasNo', ['seats']),
    doubts: ['user.seat', 'seats'].map(
      (path) => [path, 'is told, and hasNo says that there is nothing of it'] as const,
    ),
  },
  'there are no trials, and that is told again': {
    answer: {
      ...validAnswer,
      hasNo: ['trials', 'sessions'],
      subscription: { ...validAnswer.subscription, trialEndsAt: null },
      user: { ...validAnswer.user, session: null },
    },
    told: { trialEndsAt: null },
    unread: { session: 'not-connected', lacksSignIn: 'not-told', network: 'not-told' },
    ...is('user.session', 'is null, and should be an object'),
  },
};

/** Answers of which nothing is used, with what is doubted. */
export const oddIds: Readonly<Record<string, Pick<OddValue, 'answer' | 'doubts'>>> = {
  'the account’s id is a number': {
    ...odd('account.id', 42),
    ...is('account.id', 'is a number, and should be a text'),
  },
  'the user’s id is a number': { ...odd('user.id', 7), ...is('user.id', 'is a number, and should be a text') },
  'the account is another': {
    ...odd('account.id', 'acct_43'),
    ...is('account.id', 'is not the one that was asked for'),
  },
  'the account has no id': { ...odd('account.id', undefined), ...is('account.id', 'is missing') },
};

function dayOf(window: 'day' | 'month') {
  return { meter: 'tokens', kind: 'quota', used: 3, limit: 9, window };
}

function quotaOf(window: 'day' | 'month') {
  return { meter: 'tokens', used: 3, limit: 9, resetsAt: null, window } as const;
}

/** Those doubts as they are told. */
export const doubtsIn = ({ doubts }: Pick<OddValue, 'doubts'>): readonly Doubt[] =>
  doubts.map(([path, why]) => ({ path, why }));
