import { proved, ruledOut, unknown, type Cause } from '../cause.ts';

/** What the denial names is not shared with this person. What it is called and whose it is must never be told. */
export const notSharedWithYou: Cause = {
  slug: 'not-shared-with-you',
  proves: { always: [] },
  excludes: { always: [] },
  judge({ objectShared }) {
    if (!objectShared.known) return unknown(objectShared);
    return objectShared.value ? ruledOut(objectShared) : proved(objectShared);
  },
};
