import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import type * as cards from 'adaptivecards';
import { fits } from '../../../src/channels/teams/split-message.ts';
import type { Wire } from '../../../src/channels/wire.ts';

// Its other build is for bundlers.
const { AdaptiveCard, SerializationContext } = createRequire(import.meta.url)(
  'adaptivecards/dist/adaptivecards.js',
) as typeof cards;

/** What Microsoft's own parser says of a card. */
export function complaints(card: Wire): string[] {
  const [context, parsed] = [new SerializationContext(), new AdaptiveCard()];
  parsed.parse(card, context);
  const events = Array.from({ length: context.eventCount }, (_, i) => context.getEventAt(i).message);
  const { validationEvents } = parsed.validateProperties();
  return [...events, ...validationEvents.map(({ message }) => message)];
}

/** That Teams takes these activities, and shows their cards. */
export function assertDrawn(activities: readonly Wire[]): void {
  for (const activity of activities) {
    assert.ok(fits(activity));
    assert.ok(Buffer.byteLength(JSON.stringify(activity)) < 28_672);
    assert.ok(JSON.stringify(activity).length * 2 < 40_960);
    assert.ok(typeof activity.summary === 'string' && activity.summary.length <= 200);
    // Teams makes two messages of text and card.
    assert.ok('text' in activity !== 'attachments' in activity);
    const attachments = (activity.attachments ?? []) as readonly { content: Wire }[];
    for (const { content } of attachments) {
      assert.deepEqual(complaints(content), []);
      assert.equal(content.fallbackText, activity.summary);
    }
  }
}
