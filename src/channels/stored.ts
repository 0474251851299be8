import type { Wire } from '../domain/ports.ts';
import { redact } from '../domain/redact.ts';
import { firstOf } from '../domain/shortened.ts';

/** The longest message in UTF-16 units, as the widget counts it. What is longer is cut, and the customer told. */
export const longestMessage = 4_000;

/** What a customer wrote, on any channel; `files` counts what came with it. */
export interface Written {
  readonly text: string;
  readonly files: number;
  readonly clientActivityId: string | null;
}

/**
 * The activity as it is stored: the client's words without secrets (`removed` says what they were) and not too long (`cut`:
 * there were more), and an author that only the server sets.
 */
export function toStored(inbound: Written, userId: string, at: number): Wire {
  const { files, clientActivityId } = inbound;
  // Cut after that: half a secret would not be known for one.
  const { text: whole, removed } = redact(inbound.text);
  const text = firstOf(whole, longestMessage);
  return {
    type: 'message',
    text,
    textFormat: 'plain',
    from: { id: userId, role: 'user' },
    timestamp: new Date(at).toISOString(),
    ...(files > 0 && { files }),
    ...(removed.length > 0 && { removed }),
    ...(text.length < whole.length && { cut: true }),
    ...(clientActivityId !== null && { channelData: { clientActivityID: clientActivityId } }),
  };
}
