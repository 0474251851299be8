import assert from 'node:assert/strict';
import { drawSummary } from '../../../src/channels/teams/ticket-feed.ts';
import type { ClaimRequest, ClaimResult } from '../../../src/domain/ticket-feed.ts';
import type { Wire } from '../../../src/channels/wire.ts';
import type { Channel } from '../../../src/channels/channel.ts';
import { fakeClock } from '../../support/fakes.ts';
import { callRoute } from '../served.ts';
import { anySummary } from '../summaries.ts';
import { complaints } from './cards.ts';
import { channelWords } from '../channel-words.ts';
import { person, startMicrosoft, tenant, type Microsoft } from './far-end.ts';
import { activityOf, createTeamsAlone, wordsOf } from './site.ts';

const channel = '19:agents@thread.tacv2';
const inThread = { conversationType: 'channel', tenantId: tenant, id: `${channel};messageid=17` };

describe('tickets in a channel of Teams', () => {
  const presses: ClaimRequest[] = [];
  let claimed: ClaimResult;
  let microsoft: Microsoft;
  let teams: Channel;
  beforeEach(async () => {
    presses.length = 0;
    claimed = { summary: { ...anySummary, state: 'taken', standing: 'Claimed by Ada' }, tell: null };
    microsoft = await startMicrosoft(fakeClock());
    teams = createTeamsAlone(microsoft, channel, (press) => {
      presses.push(press);
      return Promise.resolve(claimed);
    });
  });
  afterEach(() => microsoft.close());
  const feed = () => teams.ticketFeed ?? assert.fail();
  /** What is answered, as JSON. */
  async function press(data: Wire, over: Wire = {}): Promise<Wire> {
    const activity = activityOf(microsoft.base, {
      ...{ type: 'invoke', name: 'adaptiveCard/action', id: 'f:1', text: undefined, conversation: inThread },
      value: { action: { type: 'Action.Execute', verb: 'claim', data } },
      ...over,
    });
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${await microsoft.token()}` };
    const { body } = await callRoute(teams, '/api/messages', { body: JSON.stringify(activity), headers });
    return JSON.parse(String(body)) as Wire;
  }

  it('are posted as a thread of their own, and shown anew where they are', async () => {
    const ref = await feed().post(anySummary);
    await feed().update(ref, { ...anySummary, state: 'closed', standing: 'Closed by Ada' });
    const [post = assert.fail(), put = assert.fail()] = microsoft.asked;
    assert.deepEqual([post.method, post.path], ['POST', '/v3/conversations']);
    const { isGroup, channelData, activity } = post.body as { isGroup: boolean; channelData: Wire; activity: Wire };
    assert.deepEqual([isGroup, channelData], [true, { channel: { id: channel } }]);
    assert.match(wordsOf(activity), /Ada can’t use Export: 500,000 of 500,000[^]*I get access denied[^]*Claim\nOpen/);
    assert.deepEqual([put.method, put.path], ['PUT', `/v3/conversations/${channel};messageid=1/activities/sent-1`]);
    assert.match(wordsOf(put.body), /Closed by Ada/);
    assert.doesNotMatch(wordsOf(put.body), /\nClaim\n/);
  });

  it('are claimed by who pressed, who sees at once what became of it', async () => {
    const body = await press({ ticket: 'LK-1' });
    const channelUser = `teams|${tenant}|${person}`;
    assert.deepEqual(presses, [{ ticket: 'LK-1', channel: 'teams', channelUser, name: 'Megan Bowen' }]);
    assert.equal(body.type, 'application/vnd.microsoft.card.adaptive');
    assert.match(wordsOf(body), /Claimed by Ada/);
    const told = {
      text: 'Say who you are.',
      link: { label: 'Connect', url: 'https://help.test/console/connect?who=x' },
    };
    claimed = { summary: anySummary, tell: told };
    assert.match(wordsOf(await press({ ticket: 'LK-1' })), /Say who you are\.\nConnect\nClaim\nOpen/);
  });

  it('are not claimed elsewhere, by nobody in particular, or with something else', async () => {
    const elsewhere = { ...inThread, id: '19:other@thread.tacv2;messageid=17' };
    const nobody = { from: { id: '29:x', name: 'X' } };
    for (const [data, over] of [
      [{ ticket: 'LK-1' }, { conversation: elsewhere }],
      [{ ticket: 'LK-1' }, { conversation: { conversationType: 'personal', tenantId: tenant, id: 'a:one' } }],
      [{ ticket: 'LK-1' }, nobody],
      [{ ticket: 7 }, {}],
      [{}, {}],
    ] as const)
      assert.equal((await press(data, over)).type, 'application/vnd.microsoft.error');
    assert.deepEqual(presses, []);
    claimed = { summary: null, tell: { text: 'There is no such ticket any more.', link: null } };
    const { statusCode, value } = await press({ ticket: 'LK-NONE' });
    assert.deepEqual([statusCode, (value as { message: string }).message], [400, 'There is no such ticket any more.']);
  });

  it('wait while Teams takes nothing, and are given up where it refuses', async () => {
    for (const [status, code] of [
      [429, 'channel-unavailable'],
      [503, 'channel-unavailable'],
      [403, 'channel-refused'],
      [404, 'channel-refused'],
    ] as const) {
      microsoft.state.faults = [{ status }];
      await assert.rejects(feed().post(anySummary), { code });
      await assert.rejects(feed().update(`${channel};messageid=1 sent-1`, anySummary), { code });
    }
  });

  it('cannot be shown anew where Teams did not name the message, or it is in another channel', async () => {
    for (const ref of [' ', `${channel};messageid=1 `, '19:other@thread.tacv2;messageid=1 sent-1'])
      await assert.rejects(feed().update(ref, anySummary), { code: 'channel-refused' });
    assert.deepEqual(microsoft.asked, []);
  });
});

describe('a ticket as Teams shows it to agents', () => {
  it('is a card that Teams takes, in every state', () => {
    for (const state of ['free', 'taken', 'closed'] as const)
      for (const tell of [
        null,
        { text: 'x', link: null },
        { text: 'x', link: { label: 'Go', url: 'https://a.example' } },
      ])
        assert.deepEqual(complaints(drawSummary({ ...anySummary, state }, channelWords(), tell)), []);
  });

  it('has its buttons in rows of which none is cut at 300 px', () => {
    const link = { label: 'Connect with the console', url: 'https://a.example' };
    const { body } = drawSummary(anySummary, channelWords(), { text: 'x', link }) as { body: Wire[] };
    const rows = body.flatMap(({ actions }) => (actions ? [(actions as Wire[]).map(({ title }) => title)] : []));
    assert.deepEqual(rows, [[link.label], ['Claim', 'Open']]);
  });

  it('has the customer’s words exactly, and makes no Markdown of them', () => {
    const words = '[help](https://evil.example) **bold** <at>all</at>';
    const card = drawSummary({ ...anySummary, words }, channelWords());
    assert.ok(wordsOf(card).includes(words));
    const blocks = JSON.stringify(card).match(/"TextBlock","text":"[^"]*"/g) ?? [];
    assert.deepEqual(blocks, [
      '"TextBlock","text":"since {{DATE(2026-11-22T10:12:00Z,SHORT)}}, {{TIME(2026-11-22T10:12:00Z)}}"',
    ]);
  });
});
