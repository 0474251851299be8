import { handOffQuestions } from './hand-off-questions.ts';
import { intents, ownTopics, topics } from './intents.ts';
import { causes } from '../src/diagnosis/causes/index.ts';
import { nothingBlocks } from '../src/diagnosis/diagnose.ts';
import type { ContentContract } from '../src/knowledge/check.ts';
import { couldNotCheck } from '../src/knowledge/wording.ts';

const tellsChecked = { proves: { always: ['checked'] } };
const tellsUnread = { proves: { always: ['unread'] }, excludes: { always: [] } };

/** What the code expects of `content/`. */
export const contentContract: ContentContract = {
  causes: [...causes, { ...nothingBlocks, ...tellsChecked }, { slug: couldNotCheck, ...tellsUnread }],
  intents,
  questions: Object.keys(handOffQuestions),
  topics: [...topics, ...ownTopics],
};
