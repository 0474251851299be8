import { pathOf, type Member } from './fixture.ts';
import { valueAt } from './mutants.ts';

/**
 * What an answer of the account API tells, read plainly and anew: nothing here is taken from the code under test. Each reader
 * throws where the answer does not tell its member as `docs/account-api.yaml` has it.
 */
export type PlainReading = Readonly<Record<Member, (answer: unknown, at: number) => unknown>>;

/** One for all: an assertion with its stack would take most of the time of 100,000 tries. */
const notTold = new Error('the answer does not tell this as agreed');

function hold(condition: boolean): asserts condition {
  if (!condition) throw notTold;
}

const textLike = (value: unknown): value is string => typeof value === 'string' && /^[^]{1,200}$/.test(value);
const positive = (value: unknown): value is number => typeof value === 'number' && value >= 0 && value < Infinity;
const finite = (value: unknown): value is number => typeof value === 'number' && Math.abs(value) < Infinity;

function must<T>(is: (value: unknown) => value is T, value: unknown): T {
  hold(is(value));
  return value;
}

function oneOf(value: unknown, words: string): string {
  hold(typeof value === 'string' && words.split(' ').includes(value));
  return value;
}

/** Counted by hand, so that no parser is trusted to refuse 30 February. */
function moment(value: unknown): number {
  if (typeof value !== 'string') throw notTold;
  const found = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d)(?::(\d\d)(\.\d+)?)?(?:Z|([+-])(\d\d):(\d\d))$/.exec(value);
  hold(found !== null);
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = found
    .slice(1, 7)
    .map((part) => Number(part || 0));
  const [fraction = '', sign = '+', hours = '0', minutes = '0'] = found
    .slice(7)
    .map((part) => part as string | undefined);
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const days = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] ?? 0;
  hold(day >= 1 && day <= days && hour < 24 && minute < 60 && second < 60);
  hold(Number(hours) < 24 && Number(minutes) < 60);
  const utc = new Date(0);
  utc.setUTCFullYear(year, month - 1, day);
  const offset = (Number(hours) * 60 + Number(minutes)) * (sign === '-' ? -1 : 1);
  const seconds = ((hour * 60 + minute - offset) * 60 + second) * 1_000;
  return utc.getTime() + seconds + Math.trunc(Number(`0${fraction.slice(0, 4)}`) * 1_000);
}

const orNull = <T>(value: unknown, read: (value: unknown) => T): T | null =>
  value === undefined || value === null ? null : read(value);

function told(answer: unknown, member: Exclude<Member, 'membership'>): unknown {
  const path = pathOf[member];
  path.forEach((_, i) => hold(!Array.isArray(valueAt(answer, path.slice(0, i)))));
  return valueAt(answer, path);
}

function listOf<T>(value: unknown, read: (one: Record<string, unknown>) => T[]): T[] {
  hold(Array.isArray(value) && value.length <= 1_000);
  return value.flatMap((one: unknown) => {
    hold(typeof one === 'object' && one !== null && !Array.isArray(one));
    return read(one as Record<string, unknown>);
  });
}

function texts(value: unknown): string[] {
  hold(Array.isArray(value) && value.length <= 1_000);
  return value.map((one) => must(textLike, one));
}

const isTold = (value: unknown): value is unknown => value !== undefined;

function wordsIn(value: unknown, words: string): string[] {
  hold(Array.isArray(value) && value.length <= 1_000);
  return value.map((one) => oneOf(one, words));
}

/** Those meters of one kind; all kinds must be known. Who says that there are none of the kind tells none. */
function metersOf<T>(kind: string, read: (one: Record<string, unknown>) => T) {
  return (answer: unknown): T[] => {
    const all = listOf(valueAt(answer, ['usage']), (one) =>
      oneOf(one.kind, 'quota rate credit') === kind ? [read(one)] : [],
    );
    hold(all.length > 0 || !saysNone(answer, `${kind}s`));
    return all;
  };
}

function saysNone(answer: unknown, word: string): boolean {
  const hasNo = valueAt(answer, ['hasNo']);
  return Array.isArray(hasNo) && hasNo.length <= 1_000 && hasNo.includes(word);
}

const limit = (value: unknown) => (value === 'unlimited' ? value : must(positive, value));

const statuses = 'trialing active past_due unpaid canceled paused incomplete incomplete_expired';

/** A reader for every member. */
export const plainReading: PlainReading = {
  membership: () => 'member',
  accountName: (answer) => must(textLike, told(answer, 'accountName')),
  accountStatus: (answer) => oneOf(told(answer, 'accountStatus'), 'active suspended closed'),
  pendingActions: (answer) => wordsIn(told(answer, 'pendingActions'), 'terms agreement details'),
  userStatus: (answer) => oneOf(told(answer, 'userStatus'), 'active deactivated'),
  lockout: (answer) =>
    orNull(must(isTold, told(answer, 'lockout')), (value) => {
      const [lockout] = listOf([value], (one) => [one]);
      return { until: orNull(must(isTold, lockout?.until), moment) };
    }),
  lacksSignIn: (answer) => wordsIn(told(answer, 'lacksSignIn'), 'sso second-factor'),
  unconfirmed: (answer) => wordsIn(told(answer, 'unconfirmed'), 'email company'),
  network: (answer) => oneOf(told(answer, 'network'), 'allowed address country vpn rule'),
  role: (answer) => must(textLike, told(answer, 'role')),
  roleChangedAt: (answer) => {
    const value = told(answer, 'roleChangedAt');
    return value === null ? null : moment(value);
  },
  seat: (answer) => oneOf(told(answer, 'seat'), 'assigned none pending'),
  session: (answer) => {
    const [session] = listOf([told(answer, 'session')], (one) => [one]);
    return {
      state: oneOf(session?.state, 'valid expired revoked'),
      expiresAt: orNull(session?.expiresAt, moment),
    };
  },
  otherAccountFeatures: (answer) => texts(told(answer, 'otherAccountFeatures')),
  seats: (answer) => {
    const [seats] = listOf([told(answer, 'seats')], (one) => [one]);
    return { used: must(positive, seats?.used), total: limit(seats?.total) };
  },
  plan: (answer) => must(textLike, told(answer, 'plan')),
  subscription: (answer) => oneOf(told(answer, 'subscription'), statuses),
  stopReason: (answer) => {
    const value = told(answer, 'stopReason');
    return value === null ? null : oneOf(value, 'trial request payment');
  },
  paidUntil: (answer) => {
    const value = told(answer, 'paidUntil');
    return value === null ? null : moment(value);
  },
  propagation: (answer) => {
    const seconds = must(positive, told(answer, 'propagation'));
    hold(seconds <= 86_400);
    return seconds * 1_000;
  },
  trialEndsAt: (answer) => {
    const value = told(answer, 'trialEndsAt');
    return value === null ? null : moment(value);
  },
  planChangedAt: (answer) => moment(told(answer, 'planChangedAt')),
  entitlements: (answer) => {
    const all = listOf(told(answer, 'entitlements'), ({ feature, granted, roles }) => {
      hold(granted === true || granted === false);
      return [{ feature: must(textLike, feature), granted, roles: orNull(roles, texts) }];
    });
    hold(all.every(({ feature }, i) => all.findIndex((one) => one.feature === feature) === i));
    return all;
  },
  featureStates: (answer) => {
    const all = listOf(told(answer, 'featureStates'), ({ feature, state }) => {
      if (state !== undefined) oneOf(state, 'on off not-set-up');
      return [{ feature: must(textLike, feature), state }];
    });
    hold(all.every(({ feature }, i) => all.findIndex((one) => one.feature === feature) === i));
    const stated = all.filter(({ state }) => state !== undefined);
    hold(stated.length > 0);
    return stated;
  },
  unlimitedFeatures: (answer) => {
    const all = listOf(told(answer, 'unlimitedFeatures'), ({ feature, unlimited }) => {
      hold([true, false, undefined].includes(unlimited as boolean));
      return [{ feature: must(textLike, feature), unlimited }];
    });
    hold(all.every(({ feature }, i) => all.findIndex((one) => one.feature === feature) === i));
    hold(all.some(({ unlimited }) => unlimited !== undefined));
    return all.filter(({ unlimited }) => unlimited === true).map(({ feature }) => feature);
  },
  objectShared: (answer) => {
    const [object] = listOf([told(answer, 'objectShared')], (one) => [one]);
    hold(object?.id === 'doc_9' && (object.shared === true || object.shared === false));
    return object.shared;
  },
  keyScopes: (answer) => {
    const [key] = listOf([told(answer, 'keyScopes')], (one) => [one]);
    const lacks = listOf(key?.lacks, ({ feature, scope }) => {
      hold(typeof scope === 'string' && /^[!#-[\]-~]{1,200}$/.test(scope));
      return [{ feature: must(textLike, feature), scope }];
    });
    return { holder: oneOf(key?.kind, 'key project'), lacks };
  },
  quotas: metersOf('quota', ({ meter, used, limit: most, resetsAt, window }) => {
    const told = {
      meter: must(textLike, meter),
      used: orNull(used, (value) => must(positive, value)),
      limit: limit(most),
      resetsAt: orNull(resetsAt, moment),
    };
    hold(told.used !== null || told.limit === 'unlimited');
    const length = orNull(window, (value) => oneOf(value, 'hour day week month year'));
    return length === null ? told : { ...told, window: length };
  }),
  rates: (answer, at) =>
    metersOf('rate', ({ meter, retryAfter }) => {
      const seconds = orNull(retryAfter, (value) => must(positive, value)) ?? 0;
      hold(seconds <= 86_400);
      return { meter: must(textLike, meter), retryAt: seconds === 0 ? null : at + seconds * 1_000 };
    })(answer),
  credits: metersOf('credit', ({ meter, remaining, spent, cap }) => ({
    meter: must(textLike, meter),
    remaining: orNull(remaining, (value) => must(finite, value)),
    spent: orNull(spent, (value) => must(positive, value)),
    cap: orNull(cap, limit),
  })),
};

/** What the answer tells of a member, or that it does not tell it. */
export function plainly(member: Member, answer: unknown, at: number): { readonly value: unknown } | 'not told' {
  try {
    return { value: plainReading[member](answer, at) };
  } catch (error) {
    if (error === notTold) return 'not told';
    throw error;
  }
}

/** Whether the answer is about the account and user that were asked for. */
export function isAboutThem(answer: unknown, accountId: string, userId: string): boolean {
  const user = valueAt(answer, ['user', 'id']);
  if (Array.isArray(answer) || Array.isArray(valueAt(answer, ['account']))) return false;
  return valueAt(answer, ['account', 'id']) === accountId && (user === undefined || user === userId);
}
