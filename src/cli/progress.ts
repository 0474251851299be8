import type { TellWalked } from '../store/rows.ts';

/** Where progress is shown, and what counts milliseconds. */
interface ProgressNeeds {
  readonly out: { readonly isTTY: boolean; readonly write: (text: string) => unknown };
  readonly now: () => number;
}

const width = 24;
/** Per cent between two lines where no terminal is. */
const step = 10;

/** Shows how far a walk over rows is: a bar that moves, or a line now and then where nobody watches. */
export function showProgress({ out, now }: ProgressNeeds): TellWalked {
  let [before, begun, from, shown] = ['', 0, 0, -1];
  return ({ what, done, total }) => {
    if (what !== before) [before, begun, from, shown] = [what, now(), done, -1];
    const percent = Math.floor((100 * done) / Math.max(total, 1));
    const isAll = done >= total;
    const ms = isAll || done === from ? null : ((now() - begun) / (done - from)) * (total - done);
    const left = ms === null ? '' : `, ${inWords(ms)} left`;
    const told = `${percent} %, ${done.toLocaleString('en')} of ${total.toLocaleString('en')} rows${left}`;
    const bar = '#'.repeat(Math.floor((width * percent) / 100)).padEnd(width, '.');
    if (out.isTTY) out.write(`\r\u001b[K${what.padEnd(9)} [${bar}] ${told}${isAll ? '\n' : ''}`);
    else if (Math.floor(percent / step) > shown) {
      shown = Math.floor(percent / step);
      out.write(`${what}: ${told}\n`);
    }
  };
}

function inWords(ms: number): string {
  const seconds = Math.ceil(ms / 1_000);
  return seconds < 120 ? `${seconds} s` : `${Math.ceil(seconds / 60)} min`;
}
