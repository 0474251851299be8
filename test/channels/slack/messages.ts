import { render as renderAt, type SlackMessage } from '../../../src/channels/slack/render.ts';
import { channelWords } from '../channel-words.ts';
import type { Reply, ReplyBody } from '../../../src/domain/reply.ts';

/** A reply with buttons. */
export const replyWith = (text: string, labels: readonly string[] = [], body: ReplyBody = { kind: 'text' }): Reply => ({
  ...body,
  text,
  actions: labels.map((label) => ({ label, means: 'yes' })),
});

/** A reply as the first activity of its talk. */
export const render = (reply: Reply) => renderAt(reply, 1, channelWords());

/** The text of each block. */
export function textsOf(messages: readonly SlackMessage[]): string[] {
  return messages.flatMap(({ blocks }) =>
    blocks.flatMap((block) => {
      if (block.type === 'section') return [block.text?.text ?? ''];
      if (block.type === 'header') return [block.text.text];
      return block.type === 'context' ? block.elements.map((one) => ('text' in one ? one.text : '')) : [];
    }),
  );
}
