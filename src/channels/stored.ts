import type { Wire } from '../domain/ports.ts';
import { redact } from '../domain/redact.ts';

/** What a customer wrote, on any channel; `files` counts what came with it. */
export interface Written {
  readonly text: string;
  readonly files: number;
  readonly clientActivityId: string | null;
}

/**
 * The activity as it is stored: the client's words without secrets (`removed` says what they were), and an author that
 * only the server sets.
 */
export function toStored(inbound: Written, userId: string, at: number): Wire {
  const { files, clientActivityId } = inbound;
  const { text, removed } = redact(inbound.text);
  return {
    type: 'message',
    text,
    textFormat: 'plain',
    from: { id: userId, role: 'user' },
    timestamp: new Date(at).toISOString(),
    ...(files > 0 && { files }),
    ...(removed.length > 0 && { removed }),
    ...(clientActivityId !== null && { channelData: { clientActivityID: clientActivityId } }),
  };
}
