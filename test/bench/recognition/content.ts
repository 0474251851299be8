import type { Contestant, Trained } from './contestant.ts';
import { isWanted, slugOf } from './contestant.ts';
import type { Complaint } from './data.ts';
import { contentRows, hasData, readComplaints, readRows } from './data.ts';
import type { Figures } from './figures.ts';
import { percent, quantile } from './numbers.ts';

type Decide = (text: string) => Promise<string | null>;
type Decided = Complaint & { readonly heard: string | null };

/** What the cause of a complaint is called in the data, and in content. */
export const kinds: Readonly<Record<string, string>> = {
  permission_plan: 'plan-lacks-feature',
  usage_limit: 'monthly-limit',
  account_identification: 'not-identified',
  billing: 'payment-lapsed',
  unclear: 'unclear',
};

/** Learned from content: what that costs, and where the data is, what is made of strangers' messages. */
export async function measureContent(contestant: Contestant, rssBefore: number): Promise<Figures> {
  const rows = contentRows();
  const start = performance.now();
  const trained = await contestant.train(rows);
  const seconds = (performance.now() - start) / 1000;
  const texts = rows.map(({ text }) => text);
  const times = await timesOf(trained, texts);
  globalThis.gc?.();
  const rss = (process.memoryUsage.rss() - rssBefore) / 1e6;
  const complaints = hasData('complaints/dev', 'intent/clinc150/oos_test') ? await measureStrangers(trained) : {};
  const cost = { seconds, p50: quantile(times, 0.5), p99: quantile(times, 0.99), rss };
  return { ...cost, ...complaints, ...(trained.bytes && { megabytes: trained.bytes() / 1e6 }) };
}

async function timesOf(trained: Trained, texts: readonly string[]): Promise<number[]> {
  const times: number[] = [];
  for (const text of texts) {
    const start = performance.now();
    const answer = trained.predict(text);
    if (answer instanceof Promise) await answer;
    times.push(performance.now() - start);
  }
  return times;
}

async function measureStrangers(trained: Trained): Promise<Figures> {
  const decide = trained.decider?.() ?? topLabelOf(trained);
  const all: Decided[] = [];
  for (const complaint of readComplaints()) all.push({ ...complaint, heard: await decide(complaint.text) });
  const outside: { heard: string | null }[] = [];
  for (const { text } of readRows('clinc150/oos_test')) outside.push({ heard: await decide(text) });
  return {
    ...figuresOf(all),
    'oos flagged': percent(flagged(outside).length, outside.length),
    'oos heard': percent(outside.filter(({ heard }) => heard !== null).length, outside.length),
  };
}

function topLabelOf(trained: Trained): Decide {
  return async (text) => {
    const { intent } = await trained.predict(text);
    return isWanted(intent) ? intent : null;
  };
}

function figuresOf(all: readonly Decided[]): Figures {
  const denied = all.filter(({ label }) => label === 'access_denied');
  const other = all.filter(({ label }) => label !== 'access_denied');
  const near = other.filter((one) => one.near_miss);
  const [hits, alarms] = [flagged(denied), flagged(other)];
  const right = hits.filter(({ heard, cause }) => heard === `access-denied/${kinds[cause ?? ''] ?? ''}`);
  return {
    f1: percent(2 * hits.length, hits.length + alarms.length + denied.length),
    recall: percent(hits.length, denied.length),
    alarms: percent(alarms.length, other.length),
    near: percent(flagged(near).length, near.length),
    cause: percent(right.length, hits.length),
  };
}

/** Those taken for a complaint about access. */
function flagged<T extends { readonly heard: string | null }>(some: readonly T[]): T[] {
  return some.filter(({ heard }) => heard !== null && slugOf(heard) === 'access-denied');
}
