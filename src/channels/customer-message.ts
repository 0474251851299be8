import type { Message } from '../domain/activity.ts';
import { truncate } from '../domain/truncate.ts';
import { redact } from '../redaction/index.ts';

/** The longest message in UTF-16 units, as the widget counts it. What is longer is cut, and the customer told. */
export const longestMessage = 4_000;

/** What a customer wrote, on any channel; `files` counts what came with it and was not taken. */
export interface CustomerMessage {
  readonly text: string;
  readonly files: number;
  readonly inPrivate?: boolean;
  /** Those among them that were taken, by their ids; missing: none are taken there. */
  readonly screenshots?: readonly string[];
  /** What the client calls it; null: nothing. */
  readonly clientActivityId: string | null;
}

/** The message as it is stored: without secrets, and not too long; it says what was taken out, and whether it was cut. */
export function toMessage({
  text: written,
  files,
  screenshots,
  inPrivate,
  clientActivityId,
}: CustomerMessage): Message {
  // Cut after that: half a secret would not be known for one.
  const { text: whole, removed } = redact(written);
  const text = truncate(whole, longestMessage);
  return {
    type: 'message',
    text,
    ...(files > 0 && { files }),
    ...(screenshots && { screenshots }),
    ...(removed.length > 0 && { removed }),
    ...(text.length < whole.length && { cut: true }),
    ...(inPrivate && { inPrivate }),
    ...(clientActivityId !== null && { clientActivityId }),
  };
}
