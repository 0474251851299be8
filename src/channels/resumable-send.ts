import { LRUCache } from 'lru-cache';

/** Half-sent answers that are remembered at the most; the oldest go first. */
const mostHalfSent = 1_000;

/**
 * Sends the parts of one answer in order, and gives what `send` gave for the last one; it is told what it gave `before`.
 * `key` names the answer.
 */
export type ResumableSend = <T>(
  key: string,
  parts: readonly T[],
  send: (part: T, before: string) => Promise<string>,
) => Promise<string>;

/** An answer of several messages goes on, after a failure, where it stopped; a restart forgets where that was. */
export function createResumableSend(): ResumableSend {
  const sent = new LRUCache<string, readonly string[]>({ max: mostHalfSent });
  return async (key, parts, send) => {
    let refs = sent.get(key) ?? [];
    for (const part of parts.slice(refs.length)) {
      refs = [...refs, await send(part, refs.at(-1) ?? '')];
      sent.set(key, refs);
    }
    sent.delete(key);
    return refs.at(-1) ?? '';
  };
}
