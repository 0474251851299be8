import { fail, ok, warn, type CheckResult } from '../../domain/check.ts';

/** Milliseconds; an identity may be 30 s off, and a header tells whole seconds. */
const [tooFar, far] = [25_000, 4_000];

/** `fetch` that notes by how many milliseconds the clocks of those who answer are ahead of ours. */
export function notingClocks(request: typeof fetch, now: () => number, ahead: number[]): typeof fetch {
  return async (...call) => {
    const answer = await request(...call);
    const date = Date.parse(answer.headers.get('date') ?? '');
    // A second is told by its beginning.
    if (!Number.isNaN(date)) ahead.push(date + 500 - now());
    return answer;
  };
}

/** What the clocks of others say of ours: the one in the middle, for one of them may be wrong. */
export function judgeClock(ahead: readonly number[]): CheckResult {
  const sorted = [...ahead].sort((one, other) => one - other);
  const middle = sorted[Math.floor(sorted.length / 2)];
  if (middle === undefined) return ok('nothing that was asked tells the time, so it was not compared');
  const seconds = Math.round(Math.abs(middle) / 1_000);
  const what = `this machine’s clock is ${seconds} s ${middle > 0 ? 'behind' : 'ahead of'} the others`;
  if (Math.abs(middle) >= tooFar) return fail(what, 'set it by NTP: identities are refused from 30 s on');
  if (Math.abs(middle) >= far) return warn(what, 'set it by NTP');
  return ok(`it agrees with ${ahead.length} ${ahead.length === 1 ? 'other' : 'others'}`);
}
