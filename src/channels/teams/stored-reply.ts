import { z } from 'zod/v4';
import type { Wire } from '../../domain/ports.ts';

const label = z.object({ title: z.string() });
const finding = z.object({
  cause: z.string(),
  status: z.enum(['proved', 'ruled-out', 'unknown']),
  fact: z.string(),
});
const details = z.object({
  kind: z.string(),
  verdict: z.array(finding).optional(),
  article: z.object({ title: z.string(), url: z.string() }).optional(),
  ticket: z.string().optional(),
  person: z.string().optional(),
});
const shape = z.object({
  text: z.string().catch(''),
  suggestedActions: z.object({ actions: z.array(label) }).optional(),
  channelData: z.object({ latchkey: details }).optional().catch(undefined),
});

/** One of our replies as it was stored: its Markdown, its buttons and what it is about. */
export interface StoredReply extends z.infer<typeof details> {
  readonly text: string;
  readonly labels: readonly string[];
}

/** Reads a stored activity of ours. */
export function readStored(activity: Wire): StoredReply {
  const { text, suggestedActions, channelData } = shape.parse(activity);
  const labels = (suggestedActions?.actions ?? []).map(({ title }) => title);
  return { kind: 'text', ...channelData?.latchkey, text, labels };
}
