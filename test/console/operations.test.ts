import assert from 'node:assert/strict';
import { sql } from 'kysely';
import type { OperationsAnswer } from '../../src/domain/operations.ts';
import { askForPerson, signIn } from '../support/console.ts';
import { latchkeyOf, openChat } from '../support/direct-line.ts';
import { fakeClock } from '../support/fakes.ts';
import { startTestProduct } from '../support/product.ts';

describe('the operators’ page is told', () => {
  const start = async () => {
    const clock = fakeClock();
    const product = await startTestProduct({ clock });
    const operator = await signIn(product.url);
    const look = async () => (await operator.get('operations')).body as unknown as OperationsAnswer;
    const of = ({ standings }: OperationsAnswer, name: string) => standings.find((one) => one.name === name);
    return { clock, product, look, of };
  };
  const ask = async (url: string) => {
    const chat = await openChat(url, 'over-limit');
    const stream = await chat.listen();
    await chat.write('I get access denied when I try to export');
    await stream.until((one) => latchkeyOf(one).verdict !== undefined);
    await stream.close();
  };

  it('of everything that nothing was asked yet, but of the store that it works', async () => {
    const { product, look } = await start();
    const { standings, openSockets } = await look();
    assert.deepEqual(
      standings.map(({ kind, name, state }) => `${kind} ${name} ${state}`),
      ['source account-api quiet', 'source status-page quiet', 'desk built-in quiet', 'store store well'],
    );
    assert.equal(openSockets, 0);
    await product.stop();
  });

  it('which source fails, why, and since when: not since it failed last', async () => {
    const { product, look, of, clock } = await start();
    await ask(product.url);
    assert.equal(of(await look(), 'account-api')?.state, 'well');
    product.demo.close();
    clock.forward(60_000);
    const began = new Date(clock.now()).toISOString();
    await ask(product.url);
    clock.forward(60_000);
    await ask(product.url);
    const failing = of(await look(), 'account-api');
    assert.deepEqual([failing?.state, failing?.why, failing?.since], ['failing', 'account-unreachable', began]);
    product.events.emit('breaker-changed', 'account-api', 'open');
    assert.equal(of(await look(), 'account-api')?.breaker, 'open');
    await product.stop();
  });

  it('what the desk took, and what waits', async () => {
    const { product, look, of } = await start();
    const { stream } = await askForPerson(product.url);
    const answer = await new Promise<OperationsAnswer>((resolve) => {
      product.events.once('far-end-answered', () => setImmediate(() => void look().then(resolve)));
    });
    assert.equal(of(answer, 'built-in')?.state, 'well');
    assert.equal(answer.backlog?.tickets.waiting, 1);
    await stream.close();
    await product.stop();
  });

  it('that nothing can be stored, and that it can again', async () => {
    const { product, look, of, clock } = await start();
    await look();
    await sql.raw('pragma query_only = on').execute(product.db);
    clock.forward(10_000);
    assert.deepEqual(of(await look(), 'store')?.why, 'store-unavailable');
    await sql.raw('pragma query_only = off').execute(product.db);
    clock.forward(10_000);
    assert.equal(of(await look(), 'store')?.state, 'well');
    await product.stop();
  });
});
