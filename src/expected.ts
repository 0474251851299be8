import { intents } from '../dialogs/intents.ts';
import { causes } from './diagnosis/causes/index.ts';
import { nothingBlocks } from './diagnosis/diagnose.ts';
import type { Expected } from './knowledge/check.ts';
import { couldNotCheck } from './knowledge/wording.ts';

const tellsUnread = { proves: { always: ['unread'] }, excludes: { always: [] } };

/** What the code expects of `content/`. */
export const expected: Expected = {
  causes: [...causes, nothingBlocks, { slug: couldNotCheck, ...tellsUnread }],
  intents,
};
