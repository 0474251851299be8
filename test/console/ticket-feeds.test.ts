import assert from 'node:assert/strict';
import type { Wire } from '../../src/channels/wire.ts';
import { slackAt, startSlackApi, type ApiCall } from '../channels/slack/far-end.ts';
import { formOf, pressOf, secret, signed } from '../channels/slack/posts.ts';
import { askForPerson, signIn, type Console } from '../support/console.ts';
import { call } from '../support/direct-line.ts';
import { fakeClock } from '../support/fakes.ts';
import { startTestProduct, type TestProduct } from '../support/product.ts';
import { noChannels } from '../support/settings.ts';

const feedChannel = 'C0TICKETS';
const slack = {
  ...{
    signingSecret: secret,
    botToken: 'xoxb-not-a-real-token',
    appToken: null,
    appId: null,
    teams: [],
    trustedTeams: [],
  },
  escalations: feedChannel,
};

const headline = 'Ada can’t use Export: 500,000 of 500,000 tokens are used. Proved.';

describe('tickets in a channel of Slack', () => {
  const clock = fakeClock();
  let api: Awaited<ReturnType<typeof startSlackApi>>;
  let product: TestProduct;
  beforeEach(async () => {
    api = await startSlackApi();
    product = await startTestProduct({
      ...{ clock, channels: { ...noChannels, slack } },
      fetch: slackAt(api.url),
    });
  });
  afterEach(async () => {
    await product.stop();
    api.stop();
  });

  /** The n-th call of a method, counted from 1, once it came. */
  async function told(method: string, n = 1): Promise<ApiCall['body']> {
    for (;;) {
      const [found] = api.of(method).slice(n - 1);
      if (found) return found.body;
      await new Promise((done) => setTimeout(done, 5));
    }
  }
  async function press(ticket: string, user = 'U1', over: Wire = {}): Promise<void> {
    const actions = [{ type: 'button', action_id: 'claim-ticket', value: ticket }];
    const form = pressOf(ticket, {
      ...{ actions, channel: { id: feedChannel }, user: { id: user, name: user, team_id: 'T1' }, ...over },
    });
    const { body, headers } = signed(formOf(form), clock.now());
    assert.equal((await fetch(`${product.url}/slack/actions`, { method: 'POST', headers, body })).status, 200);
  }
  async function delivered(ticket: string): Promise<void> {
    while (!(await product.store.tickets.find(ticket))?.deliveredAt) await new Promise((done) => setTimeout(done, 20));
  }
  const keyIn = ({ blocks }: ApiCall['body']) => /connect\?who=([\w-]+)/.exec(JSON.stringify(blocks))?.[1] ?? '';
  const connect = (agent: Console, who: string) => agent.post('connect', { who });
  const meOf = async (agent: Console) => (await agent.get('me')).body.agent as { id: string; name: string };
  async function nameOf(agent: Console): Promise<string> {
    return (await meOf(agent)).name;
  }

  it('are posted with what an agent needs to know, and two buttons', async () => {
    const { ticket, stream } = await askForPerson(product.url);
    const { channel, text, attachments } = await told('chat.postMessage');
    assert.equal(channel, feedChannel);
    assert.equal(String(text), `${headline} Waiting: “I get access denied when I try to export”`);
    const opens = 'opens by waiting: 1 Dec 2026, 00:00 UTC (in 8 days)';
    assert.deepEqual(textsOf(attachments), [
      headline,
      `\nNorthgate Studio · Starter · member · ${opens} · in the web chat · ${ticket}`,
      'I get access denied when I try to export',
      'Do next (proposal): ',
      'Check the count; if it is right, ask their billing owner whether to upgrade or to wait for the reset.',
      'Waiting · since ',
      'Claim',
      'Open',
    ]);
    assert.match(JSON.stringify(attachments), new RegExp(`/console/tickets/${ticket}"`));
    await stream.close();
  });

  it('are shown anew when an agent claims, closes and reopens them in the console', async () => {
    const { ticket, stream } = await askForPerson(product.url);
    const agent = await signIn(product.url);
    const name = await nameOf(agent);
    const last = async (n: number) => {
      const body = await told('chat.update', n);
      // As the fake called the first message.
      assert.equal(body.ts, '1700000000.000001');
      const texts = textsOf(body.attachments);
      return texts.slice(texts.findIndex((text) => /^(Waiting|Claimed|Closed)/.test(text))).join(' | ');
    };
    await agent.act(ticket, 'claim', { from: null });
    assert.equal(await last(1), `Claimed by ${name} · since  | Open`);
    await agent.act(ticket, 'close', { cause: 'no-seat' });
    assert.equal(await last(2), `Closed by ${name}: No seat |  · ${headline} | Open`);
    await agent.act(ticket, 'reopen');
    assert.equal(await last(3), `Claimed by ${name} · since  | Open`);
    await agent.act(ticket, 'release');
    assert.equal(await last(4), 'Waiting · since  | Claim | Open');
    await stream.close();
  });

  it('are claimed there by whoever said in the console who they are', async () => {
    const { ticket, stream } = await askForPerson(product.url);
    const agent = await signIn(product.url);
    await press(ticket);
    const asked = await told('chat.postEphemeral');
    assert.deepEqual([asked.channel, asked.user], [feedChannel, 'U1']);
    assert.match(String(asked.text), /Say once in the console which agent you are/);
    const who = keyIn(asked);
    assert.deepEqual((await agent.get(`connect?who=${who}`)).body, { channel: 'Slack', name: 'U1' });
    assert.equal((await connect(agent, who)).status, 200);
    await press(ticket);
    assert.match(
      textsOf((await told('chat.update')).attachments).join(' '),
      new RegExp(`Claimed by ${RegExp.escape(await nameOf(agent))}`),
    );
    const { id } = await meOf(agent);
    assert.equal((await product.store.tickets.find(ticket))?.work.holder?.id, id);
    const [entry] = await product.store.audit.ofTicket(ticket);
    assert.deepEqual([entry?.action, entry?.by.id], ['claim', id]);
    const connected = (await product.store.audit.newest(9)).find(({ action }) => action === 'connect');
    assert.equal(connected?.detail, 'Slack: U1 (slack|T1|U1)');
    // Nobody has an address in the demo: it holds as long as a sign-in.
    clock.forward(12 * 3_600_000);
    await press(ticket);
    assert.notEqual(keyIn(await told('chat.postEphemeral', 2)), '');
    await stream.close();
  });

  it('reach their desk all the same while Slack says nothing', async () => {
    api.faults.push('hangs', 'hangs');
    const first = await askForPerson(product.url);
    await told('chat.postMessage');
    await delivered(first.ticket);
    const second = await askForPerson(product.url, 'no-seat');
    await delivered(second.ticket);
    assert.equal(api.of('chat.postMessage').length, 1, 'Slack still says nothing');
    api.stop();
    await Promise.all([first.stream.close(), second.stream.close()]);
  });

  it('are posted by themselves once Slack is back', async () => {
    api.faults.push({ status: 503, body: '' });
    const { ticket, stream } = await askForPerson(product.url);
    // Time goes on only once the feed has read the refusal: its pause begins there.
    const paused = () =>
      product.log.lines.some(({ message }) => message === 'tickets are not shown in their channel yet');
    while (!paused()) await new Promise((done) => setTimeout(done, 5));
    await delivered(ticket);
    clock.forward(1_000);
    assert.ok(JSON.stringify(await told('chat.postMessage', 2)).includes(ticket));
    await stream.close();
  });

  it('have one winner when two press at once, and the other one is told', async () => {
    const { ticket, stream } = await askForPerson(product.url);
    const agents = [await signIn(product.url), await signIn(product.url)];
    for (const [i, agent] of agents.entries()) {
      await press(ticket, `U${i}`);
      await connect(agent, keyIn(await told('chat.postEphemeral', i + 1)));
    }
    await Promise.all([press(ticket, 'U0'), press(ticket, 'U1')]);
    const { text, user } = await told('chat.postEphemeral', 3);
    const winner = user === 'U0' ? 1 : 0;
    assert.equal(text, `${await nameOf(agents[winner] ?? assert.fail())} was faster: the ticket is theirs.`);
    assert.equal(api.of('chat.postEphemeral').length, 3);
    await stream.close();
  });

  it('are not claimed by strangers, elsewhere, for no ticket, or with a link that is too old', async () => {
    const { ticket, stream } = await askForPerson(product.url);
    const agent = await signIn(product.url);
    await press(ticket, 'U1', { channel: { id: 'C0OTHER' } });
    await press(ticket, 'U1');
    const who = keyIn(await told('chat.postEphemeral'));
    assert.equal(api.of('chat.postEphemeral').length, 1, 'nothing is told in another channel');
    for (const wrong of ['', 'x', `${who}x`]) assert.notEqual((await connect(agent, wrong)).status, 200);
    const stranger = await call(`${product.url}/console/api/connect`, 'POST', { who }, { origin: product.url });
    assert.equal(stranger.status, 401);
    clock.forward(600_000);
    assert.equal((await connect(agent, who)).body.error?.code, 'connect-expired');
    await press('LK-NOSUCH00', 'U1');
    await connect(agent, keyIn(await told('chat.postEphemeral', 2)));
    await press('LK-NOSUCH00', 'U1');
    assert.equal((await told('chat.postEphemeral', 3)).text, 'There is no such ticket any more.');
    assert.equal((await product.store.tickets.find(ticket))?.work.state, 'waiting');
    await stream.close();
  });
});

describe('an agent whose role was taken away', () => {
  it('claims nothing in Slack any more', async () => {
    const api = await startSlackApi();
    const roles = { agent: ['ada@acme.example'], writer: [], operator: [] };
    const product = await startTestProduct({
      ...{ demo: true, console: { openId: null, oneTimeLinks: true, roles }, channels: { ...noChannels, slack } },
      fetch: slackAt(api.url),
    });
    try {
      const { ticket, stream } = await askForPerson(product.url);
      const agent = (email: string) => ({ id: email, name: email, email, roles: ['agent' as const] });
      await product.store.connectedAgents.connect('slack|T1|U1', agent('gone@acme.example'), 1e15);
      const actions = [{ type: 'button', action_id: 'claim-ticket', value: ticket }];
      const { body, headers } = signed(
        formOf(pressOf(ticket, { actions, channel: { id: feedChannel } })),
        fakeClock().now(),
      );
      await fetch(`${product.url}/slack/actions`, { method: 'POST', headers, body });
      while (api.of('chat.postEphemeral').length === 0) await new Promise((done) => setTimeout(done, 5));
      assert.match(String(api.of('chat.postEphemeral')[0]?.body.text), /You may not claim tickets/);
      assert.equal((await product.store.tickets.find(ticket))?.work.state, 'waiting');
      await stream.close();
    } finally {
      await product.stop();
      api.stop();
    }
  });
});

/** The words of blocks, in order. */
function textsOf(blocks: unknown): string[] {
  const texts: string[] = [];
  const walk = (one: unknown): void => {
    if (Array.isArray(one)) one.forEach(walk);
    else if (typeof one === 'object' && one !== null)
      for (const [name, inner] of Object.entries(one))
        if (name === 'text' && typeof inner === 'string') texts.push(inner);
        else walk(inner);
  };
  walk(blocks);
  return texts;
}
