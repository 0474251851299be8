import { createRequire } from 'node:module';
import type * as cards from 'adaptivecards';
import type { Wire } from '../../../src/domain/ports.ts';

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
