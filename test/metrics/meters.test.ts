import assert from 'node:assert/strict';
import fc from 'fast-check';
import { createSampler } from '../../src/metrics/sampler.ts';
import { slugOf } from '../../src/metrics/slug.ts';
import { askForPerson } from '../support/console.ts';
import { call, openChat } from '../support/direct-line.ts';
import { fakeClock } from '../support/fakes.ts';
import { startTestProduct, type TestProduct } from '../support/product.ts';

const metricsKey = 'key';

describe('the meters', () => {
  const clock = fakeClock();
  let product: TestProduct;
  let talk = '';
  beforeEach(async () => (product = await startTestProduct({ clock, metricsKey })));
  afterEach(() => product.stop());

  const text = async () => {
    const headers = { authorization: `Bearer ${metricsKey}` };
    return String((await call(`${product.url}/metrics`, 'GET', undefined, headers)).body.text);
  };
  /** The value of one line; undefined: there is none. */
  const valueOf = (metrics: string, name: string) => {
    const line = metrics.split('\n').find((one) => one.startsWith(`${name} `));
    return line === undefined ? undefined : Number(line.slice(name.length));
  };

  it('tell of a talk what was heard, told and read, and how long each took', async () => {
    const { chat, stream } = await askForPerson(product.url);
    talk = chat.id;
    await stream.close();
    const metrics = await text();
    const counts = {
      'latchkey_turns_total{result="answered"}': 3,
      'latchkey_intents_total{intent="access-denied",certainty="acted"}': 1,
      'latchkey_intents_total{intent="hand-off",certainty="acted"}': 1,
      'latchkey_causes_total{cause="monthly-limit"}': 1,
      'latchkey_outcomes_total{outcome="handed-off"}': 1,
      'latchkey_account_read_seconds_count{source="account-api"}': 1,
      'latchkey_account_reads_total{source="account-api",result="ok"}': 1,
      'latchkey_account_reads_total{source="status-page",result="ok"}': 1,
      latchkey_turn_seconds_count: 3,
      latchkey_recognition_seconds_count: 3,
      'latchkey_store_seconds_count{operation="read"}': 3,
      'latchkey_store_seconds_count{operation="commit"}': 3,
      'latchkey_source_breaker{source="account-api",state="closed"}': 1,
      'latchkey_source_breaker{source="account-api",state="open"}': 0,
      latchkey_ready: 1,
      latchkey_tickets_waiting: 1,
      latchkey_dead_letters: 0,
    };
    for (const [name, count] of Object.entries(counts)) assert.equal(valueOf(metrics, name), count, name);
    assert.ok((valueOf(metrics, 'nodejs_eventloop_lag_p99_seconds') ?? 0) > 0);
  });

  it('hold no words, ids or addresses of a customer, whatever they write', async () => {
    const chat = await openChat(product.url, 'over-limit');
    const stream = await chat.listen();
    await chat.write('Zqxj my invoice, mail me at zoe@example.com');
    await stream.until(({ text: said }) => String(said).includes('person'));
    const metrics = await text();
    assert.match(metrics, /latchkey_intents_total\{/);
    for (const word of ['Zqxj', 'zoe', chat.id, 'acct_', 'over-limit']) assert.ok(!metrics.includes(word), word);
    await stream.close();
  });

  it('tell how many are connected, and how long tickets wait', async () => {
    const { stream } = await askForPerson(product.url);
    clock.forward(90_000);
    const metrics = await text();
    assert.equal(valueOf(metrics, 'latchkey_open_sockets'), 1);
    assert.equal(valueOf(metrics, 'latchkey_tickets_oldest_seconds'), 90);
    await stream.close();
  });

  it('tell what was refused, by its code, and what a far end took or refused', async () => {
    await call(`${product.url}/nothing`, 'GET');
    await call(`${product.url}/v3/directline/conversations/x`, 'GET');
    product.events.emit('far-end-answered', { kind: 'channel', name: 'slack', result: 'channel-refused' });
    product.events.emit('breaker-changed', 'account-api', 'open');
    const metrics = await text();
    for (const name of [
      'latchkey_requests_refused_total{code="not-found"}',
      'latchkey_requests_refused_total{code="token-invalid"}',
      'latchkey_far_end_answers_total{kind="channel",name="slack",result="channel-refused"}',
      'latchkey_source_breaker{source="account-api",state="open"}',
    ])
      assert.equal(valueOf(metrics, name), 1, name);
  });

  it('look into the store once in ten seconds, however often somebody asks', async () => {
    let looks = 0;
    const backlog = () => product.store.backlog().finally(() => (looks += 1));
    const sample = createSampler({ ready: () => product.store.ready(), backlog }, clock);
    await Promise.all([sample(), sample()]);
    clock.forward(9_999);
    await sample();
    assert.equal(looks, 1);
    clock.forward(1);
    await sample();
    assert.equal(looks, 2);
    clock.forward(-60_000);
    await sample();
    assert.equal(looks, 3, 'a clock that was set back keeps nothing for longer');
  });

  it('of a store that takes nothing: not ready, and the rest is told all the same', async () => {
    const sample = createSampler(
      { ready: () => Promise.reject(new Error('full')), backlog: () => Promise.reject(new Error('away')) },
      clock,
    );
    assert.deepEqual(await sample(), { at: clock.now(), ready: false, backlog: null });
  });

  it('have labels of ours alone', () => {
    for (const word of ['access-denied', 'none', 'account-unreachable', 'ok']) assert.equal(slugOf(word), word);
    fc.assert(
      fc.property(fc.string({ maxLength: 80, unit: 'grapheme' }), (word) => {
        assert.match(slugOf(word), /^[a-z][a-z0-9-]{0,40}$/);
      }),
    );
  });

  after(() => assert.notEqual(talk, ''));
});
