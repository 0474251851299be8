import { ignoredIn } from '../../accounts/ignored.ts';
import type { AccountSource, Doubt, Reading } from '../../accounts/source.ts';
import { parseJson } from '../../domain/parse-json.ts';
import type { Source } from '../../domain/snapshot.ts';

/** How the reading of one source went; `status`: of its last answer. */
export interface Watched {
  readonly name: Source;
  ms: number;
  status: number | null;
  error: unknown;
  doubts: readonly Doubt[];
  /** Members that the contract does not have; only the account API has one. */
  ignored: readonly string[];
  /** Why a part of it is unknown. */
  warnings: string[];
}

/** A source of which is noted how its reading went; `now` counts in milliseconds. */
export function watch(source: AccountSource, now: () => number): { source: AccountSource; watched: Watched } {
  const watched: Watched = {
    ...{ name: source.name, ms: 0, status: null, error: null },
    ...{ doubts: [], ignored: [], warnings: [] },
  };
  const read: AccountSource['read'] = async (subject, reading) => {
    const began = now();
    try {
      return await source.read(subject, noting(reading, watched));
    } catch (error) {
      watched.error = error;
      throw error;
    } finally {
      watched.ms = Math.round(now() - began);
    }
  };
  return { source: { ...source, read }, watched };
}

function noting(reading: Reading, watched: Watched): Reading {
  return {
    ...reading,
    async get(url, headers) {
      const answer = await reading.get(url, headers);
      watched.status = answer.status;
      if (watched.name === 'account-api' && answer.status === 200) watched.ignored = ignoredIn(parseJson(answer.text));
      return answer;
    },
    doubt(doubts) {
      watched.doubts = doubts;
    },
    warn({ err }, message) {
      watched.warnings.push(err instanceof Error ? `${message}: ${err.message}` : message);
    },
  };
}
