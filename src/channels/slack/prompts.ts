import type { Log } from '../../domain/ports.ts';
import type { SlackApi } from './api.ts';
import type { SlackAddress } from './events.ts';
import { truncate } from '../../domain/truncate.ts';

/** Slack shows no more. */
const most = 4;

/** What a customer may begin with, as Slack takes it. */
export function promptsOf(prompts: readonly string[]) {
  return prompts.slice(0, most).map((message) => ({ title: truncate(message, 75), message }));
}

/**
 * Shows what a customer may begin with. Slack may refuse that, where the app is no agent: then it is only logged.
 * With an app of today's kind (`agent_view`) prompts belong to the conversation, with one of the older kind to the thread.
 */
export async function suggest(
  { api, log, prompts }: { readonly api: SlackApi; readonly log: Log; readonly prompts: readonly string[] },
  { channel, thread }: SlackAddress,
): Promise<void> {
  if (prompts.length === 0) return;
  const where = { channel_id: channel, ...(thread !== null && { thread_ts: thread }) };
  await api((client) => client.assistant.threads.setSuggestedPrompts({ ...where, prompts: promptsOf(prompts) })).catch(
    (error: unknown) => log.info({ err: error }, 'Slack shows no suggested prompts'),
  );
}
