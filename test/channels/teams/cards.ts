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

/** That Teams takes what a message cites: of one root entity, few and short enough, each where the text has its number. */
function assertCites({ text, entities }: Wire): void {
  if (entities === undefined) return;
  assert.ok(typeof text === 'string');
  const [{ citation, ...root } = assert.fail(), ...others] = entities as { citation: Wire[] }[];
  assert.deepEqual(others, []);
  assert.deepEqual(root, {
    type: 'https://schema.org/Message',
    '@type': 'Message',
    '@context': 'https://schema.org',
    '@id': '',
  });
  assert.ok(citation.length > 0 && citation.length <= 20);
  for (const [i, { position, appearance, ...claim }] of citation.entries()) {
    assert.deepEqual([claim, position], [{ '@type': 'Claim' }, i + 1]);
    assert.ok(text.includes(`[${i + 1}]`));
    const { name, abstract, url, ...document } = appearance as Record<string, string>;
    assert.deepEqual(document, { '@type': 'DigitalDocument' });
    assert.ok(name !== undefined && name.trim() !== '' && name.length <= 80);
    assert.ok(abstract === undefined || (abstract.trim() !== '' && abstract.length <= 160));
    assert.ok(url === undefined || /^https?:\/\//.test(url));
  }
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
    assertCites(activity);
    const attachments = (activity.attachments ?? []) as readonly { content: Wire }[];
    for (const { content } of attachments) {
      assert.deepEqual(complaints(content), []);
      assert.equal(content.fallbackText, activity.summary);
    }
  }
}
