import { intents } from '../../../dialogs/intents.ts';
import { noEntities, type Entities, type RecognizerResult } from '../../../src/domain/recognition.ts';
import { content } from '../../support/fakes.ts';

/** Everything that a customer may mean, by the words that stand for it in a walk. */
export const meanings: ReadonlyMap<string, RecognizerResult> = new Map([
  ...Object.entries(intents).flatMap(([intent, kinds]) =>
    intent === 'other'
      ? []
      : (kinds.length > 0 && intent !== 'access-denied' ? kinds : [null]).map((kind) =>
          meaning(kind === null ? `(${intent})` : `(${intent} ${kind})`, { intent, subIntent: kind }),
        ),
  ),
  meaning('(access-denied to export)', { intent: 'access-denied' }, named('export', 'blocked')),
  meaning(
    '(access-denied to reports and the api)',
    { intent: 'access-denied' },
    {
      feature: 'reports',
      features: [
        { slug: 'reports', polarity: 'blocked' },
        { slug: 'api', polarity: 'blocked' },
      ],
    },
  ),
  meaning('(access-denied to everything)', { intent: 'access-denied' }, { everything: true }),
  meaning('(access-denied of Tom)', { intent: 'access-denied' }, { otherPerson: 'Tom' }),
  meaning('(access-denied, unsure)', { intent: 'access-denied', confidence: 0.55 }),
  meaning('(the api)', { intent: null }, named('api', 'named')),
  meaning(
    '(not export)',
    { intent: null },
    {
      feature: null,
      features: [{ slug: 'export', polarity: 'excluded' }],
    },
  ),
  meaning('(everything)', { intent: null }, { everything: true }),
  meaning('(nonsense)', { intent: null }),
  meaning('(a long sentence that nobody here understands)', { intent: null }),
  meaning('(is that a question?)', { intent: null }),
  meaning('(German)', { intent: null, language: 'de' }),
  meaning('(German for a person)', { intent: 'hand-off', language: 'de' }),
]);

function meaning(
  text: string,
  says: Partial<RecognizerResult>,
  entities: Partial<Entities> = {},
): [string, RecognizerResult] {
  const result = { subIntent: null, confidence: 0.9, alternatives: [], also: [], language: null, intent: null };
  return [text, { ...result, ...says, text, entities: { ...noEntities, ...entities } }];
}

function named(slug: string, polarity: 'named' | 'blocked'): Partial<Entities> {
  return { feature: slug, features: [{ slug, polarity }] };
}

/** What else may happen between two messages. */
export const events = [
  'the account allows everything',
  'the account reached its limit',
  'the account has no seat',
  'the account cannot be read',
  'a deploy',
  'an agent claims the ticket',
  'an agent closes the ticket',
] as const;

/** Something that happens besides what is said. */
export type WorldEvent = (typeof events)[number];

/** Whether a reply was filled from a line of `content/replies.yaml`. */
export function isLine(key: string, text: string): boolean {
  const template = content.replies.lines[key] ?? content.replies.questions[key] ?? '';
  const parts = template.split(/\{\{\w+\}\}/).map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return template !== '' && new RegExp(parts.join('[^]*?')).test(text);
}
