import { intents } from '../dialogs/intents.ts';
import { causes } from './diagnosis/causes/index.ts';
import { nothingBlocks } from './diagnosis/diagnose.ts';
import type { Expected } from './knowledge/check.ts';
import { couldNotCheck } from './knowledge/wording.ts';

const tellsChecked = { proves: { always: ['checked'] } };
const tellsUnread = { proves: { always: ['unread'] }, excludes: { always: [] } };

/** What the code expects of `content/`. */
export const expected: Expected = {
  causes: [...causes, { ...nothingBlocks, ...tellsChecked }, { slug: couldNotCheck, ...tellsUnread }],
  intents,
};
