import { createWords } from '../../../src/knowledge/wording.ts';
import { content } from '../../support/fakes.ts';
import type { Drawing } from '../../../src/channels/teams/drawing.ts';

/** The words of our content. */
export const channelWords = () => createWords(content, '', undefined, 'customer');

/** With all buttons of ours. */
export const drawing: Drawing = { feedback: 'buttons', words: channelWords };
