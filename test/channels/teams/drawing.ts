import type { Drawing } from '../../../src/channels/teams/drawing.ts';
import { channelWords } from '../channel-words.ts';

/** With all buttons of ours. */
export const drawing: Drawing = { feedback: 'buttons', words: channelWords };
