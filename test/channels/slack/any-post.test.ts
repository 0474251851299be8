import assert from 'node:assert/strict';
import fc from 'fast-check';
import { createSlackApp, type SlackApp } from './app.ts';
import {
  callbackOf,
  commandOf,
  directMessage,
  formEndOf,
  formOf,
  homePressOf,
  pressOf,
  ratingOf,
  shortcutOf,
  signed,
} from './posts.ts';
import { rounds } from '../../support/rounds.ts';

type Fields = Readonly<Record<string, unknown>>;

const odd = fc.oneof(
  fc.jsonValue({ maxDepth: 3 }),
  fc.constantFrom(
    '__proto__',
    'constructor',
    '',
    'D1',
    'C1',
    'U1',
    '1.2',
    'x|y',
    'a'.repeat(5_000),
    '<@U1',
    '\u0000\uD800',
    null,
  ),
);
const form = {
  ...{ callback_id: 'why', private_metadata: '{"team":"T1","user":"U1","channel":"D1","thread":null,"seq":1}' },
  state: {
    values: { reason: { reason: { selected_option: { value: 'why-steps' } } }, words: { words: { value: 'x' } } },
  },
};
/** What somebody may do. */
const posts = [
  pressOf('Yes'),
  ratingOf({ ts: '1.2', channel: 'D1' }, 'no 1'),
  formEndOf('view_submission', form),
  shortcutOf('x'),
  homePressOf('x', { type: 'home', private_metadata: '{"team":"T1","user":"U1","channel":"D1"}' }),
];

const anyCommand = fc
  .dictionary(fc.constantFrom('text', 'user_id', 'team_id', 'trigger_id', 'response_url'), fc.string())
  .map((over) => commandOf('x', over));

/** A post as Slack makes it, with some of its members replaced, wherever they stand. */
const changed = (good: Fields) =>
  fc.array(fc.tuple(fc.nat(), odd), { minLength: 1, maxLength: 3 }).map((changes) => {
    const copy = structuredClone(good) as Record<string, unknown>;
    for (const [nth, value] of changes) {
      const places = placesIn(copy);
      const [holder, key] = places[nth % places.length] ?? assert.fail('nothing to change');
      // A clone: the next change may be within it.
      holder[key] = structuredClone(value);
    }
    return copy;
  });

describe('whatever Slack posts', () => {
  let app: SlackApp;
  beforeEach(async () => {
    app = await createSlackApp('http://127.0.0.1:1/api/', { answers: false });
  });
  afterEach(() => app.world.close());
  const statusOf = async (path: string, body: string) => (await app.post(path, signed(body, app.clock.now()))).status;

  it('is taken, ignored or called malformed, and never a fault of ours', async () => {
    const anyPost = fc.oneof(
      fc.record({ path: fc.constant('/slack/commands'), body: anyCommand }),
      fc.record({ path: fc.constant('/slack/events'), body: fc.oneof(fc.json(), fc.string({ unit: 'binary' })) }),
      changed(callbackOf(directMessage('hi'))).map((post) => ({ path: '/slack/events', body: JSON.stringify(post) })),
      fc.oneof(...posts.map(changed)).map((press) => ({ path: '/slack/actions', body: formOf(press) })),
    );
    await fc.assert(
      fc.asyncProperty(anyPost, async ({ path, body }) =>
        assert.ok([200, 400].includes(await statusOf(path, body)), body),
      ),
      { numRuns: rounds(1_500) },
    );
    await app.quiet();
    // Slack is not there: what is brought to direct messages only warns.
    const faults = app.log.lines.filter(({ level }) => level === 'error');
    assert.deepEqual([faults, Object.keys({})], [[], []]);
  });
});

/** Every member of an object, and of those in it. */
function placesIn(value: unknown): [Record<string, unknown>, string][] {
  if (typeof value !== 'object' || value === null) return [];
  const holder = value as Record<string, unknown>;
  return Object.keys(holder).flatMap((key) => [[holder, key] as [typeof holder, string], ...placesIn(holder[key])]);
}
