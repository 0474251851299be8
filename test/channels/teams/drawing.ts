import type { Drawing } from '../../../src/channels/teams/drawing.ts';

/** With all buttons of ours. */
export const drawing: Drawing = { feedback: 'buttons' };
