import type { SlackMessage } from '../../../src/channels/slack/render.ts';
import type { Wire } from '../../../src/domain/ports.ts';

/** A stored reply with buttons. */
export const reply = (text: string, titles: readonly string[] = [], latchkey: Wire = { kind: 'text' }): Wire => ({
  ...{ type: 'message', text, channelData: { latchkey } },
  ...(titles.length > 0 && {
    suggestedActions: { actions: titles.map((title) => ({ type: 'imBack', title, value: title })) },
  }),
});

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
