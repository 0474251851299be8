import assert from 'node:assert/strict';
import type { SubjectFields } from '../../../src/domain/subject.ts';
import { anySummary } from '../summaries.ts';
import { createSlackAlone, createSlackApp, type SlackApp } from './app.ts';
import { startEmulator, type KeptMessage } from './emulator.ts';
import { callbackOf, formOf, pressOf, signed } from './posts.ts';

const ada: SubjectFields = { accountId: 'acct_42', userId: 'usr_7', verifiedBy: 'signed-identity', name: 'Ada' };

/** Whole talks in an emulated workspace: what Ada writes, what she sees, and which buttons are left. */
describe('a talk in Slack', () => {
  let slack: Awaited<ReturnType<typeof startEmulator>>;
  let app: SlackApp;
  before(async () => {
    slack = await startEmulator();
  });
  after(() => slack.stop());
  beforeEach(async () => {
    app = await createSlackApp(slack.url);
  });
  afterEach(() => app.world.close());

  /** Ada writes, Slack tells us, and all is said. */
  async function write(text: string, channel = slack.direct, thread?: string): Promise<string> {
    const ts = await slack.writes(channel, text, thread);
    const type = channel === slack.direct ? { type: 'message', channel_type: 'im' } : { type: 'app_mention' };
    const event = { ...type, user: slack.ada, text, ts, event_ts: ts, channel, ...(thread && { thread_ts: thread }) };
    const authorizations = [{ team_id: slack.team, user_id: slack.bot, is_bot: true }];
    const body = JSON.stringify(
      callbackOf(event, { team_id: slack.team, context_team_id: slack.team, authorizations }),
    );
    assert.equal((await app.post('/slack/events', signed(body, app.clock.now()))).status, 200);
    await app.quiet();
    return ts;
  }
  async function press(message: KeptMessage, label: string, channel = slack.direct): Promise<void> {
    const elements =
      message.blocks?.flatMap((block) => ('elements' in block ? (block.elements as Button[]) : [])) ?? [];
    const button = elements.find(({ value }) => value === label) ?? assert.fail(`no button ${label}`);
    const where = { channel: { id: channel }, team: { id: slack.team }, user: { id: slack.ada, team_id: slack.team } };
    const pressed = { ...pressOf(label, where), message, actions: [{ ...button, action_ts: '1.2' }] };
    assert.equal((await app.post('/slack/actions', signed(formOf(pressed), app.clock.now()))).status, 200);
    await app.quiet();
  }
  /** What the bot said, the oldest first. */
  const byBot = (messages: readonly KeptMessage[]) =>
    messages.filter(({ user }) => user === slack.bot).sort((a, b) => Number(a.ts) - Number(b.ts));
  const withButtons = (messages: readonly KeptMessage[]) =>
    messages.filter(({ blocks }) => blocks?.some(({ type }) => type === 'actions'));

  it('goes from the complaint through the link to the account to an answer, with one set of buttons at a time', async () => {
    await app.world.change('account of over-limit');
    await write('I get access denied when I try to export');
    const asked = byBot(await slack.history(slack.direct));
    assert.match(asked.map(({ text }) => text).join(' '), /automated assistant.*which account is yours/s);

    await write(await app.codeFor(ada));
    const told = byBot(await slack.history(slack.direct)).slice(asked.length);
    assert.match(told.map(({ text }) => text).join(' '), /You’re connected/);
    assert.match(JSON.stringify(told), /"header".*monthly limit/s);
    assert.equal(withButtons(byBot(await slack.history(slack.direct))).length, 1);

    const [open = assert.fail('no buttons')] = withButtons(told);
    assert.deepEqual((open.metadata as { event_type: string }).event_type, 'latchkey_reply');
    await press(open, 'Talk to a person');
    const all = byBot(await slack.history(slack.direct));
    const closed = all.find(({ ts }) => ts === open.ts);
    assert.equal(closed?.text, open.text);
    assert.deepEqual(
      closed.blocks?.slice(0, -1),
      open.blocks?.filter(({ type }) => type !== 'actions'),
    );
    assert.match(JSON.stringify(closed.blocks?.at(-1)), /You chose “Talk to a person”\./);
    assert.ok(all.length > asked.length + told.length);
    assert.equal(withButtons(all).filter(({ ts }) => Number(ts) <= Number(open.ts)).length, 0);
    assert.deepEqual(
      app.log.lines.filter(({ level }) => level === 'error'),
      [],
    );
  });

  it('stays in its thread in a channel, and tells nothing of an account there', async () => {
    await app.world.change('account of over-limit');
    await slack.joins(slack.channel);
    const root = await write(`<@${slack.bot}> how do I get an API key?`, slack.channel);
    const [first, ...others] = byBot(await slack.history(slack.channel)).filter(({ thread_ts }) => thread_ts !== root);
    assert.deepEqual([first, others], [undefined, []]);
    const inThread = byBot(await slack.replies(slack.channel, root));
    assert.match(inThread.map(({ text }) => text).join(' '), /automated assistant.*Get an API key/s);
    assert.doesNotMatch(JSON.stringify(inThread), /monthly limit|Ada/);
    const direct = byBot(await slack.history(slack.direct)).length;
    await write(`<@${slack.bot}> I get access denied when I try to export`, slack.channel, root);
    assert.equal(byBot(await slack.replies(slack.channel, root)).length, inThread.length);
    assert.match(JSON.stringify(byBot(await slack.history(slack.direct)).slice(direct)), /which account is yours/);
  });

  it('leads to a person from a channel, too: the number comes in a direct message, and nothing of it stands in the channel', async () => {
    await slack.joins(slack.channel);
    const before = byBot(await slack.history(slack.direct)).length;
    const root = await write(`<@${slack.bot}> I need to talk to a person about our export`, slack.channel);
    const direct = byBot(await slack.history(slack.direct)).slice(before);
    const [number = assert.fail()] = /LK-\w+/.exec(JSON.stringify(direct)) ?? [];
    const inThread = JSON.stringify(byBot(await slack.replies(slack.channel, root)));
    assert.equal(inThread, '[]');
    const filed = await app.store.tickets.find(number);
    assert.match(JSON.stringify(filed?.ticket), /about our export/);
  });

  it('is told once, though the event comes again', async () => {
    const before = byBot(await slack.history(slack.direct)).length;
    const ts = await write('hello');
    const said = byBot(await slack.history(slack.direct)).length - before;
    const event = { type: 'message', channel_type: 'im', user: slack.ada, text: 'hello', ts, channel: slack.direct };
    const body = JSON.stringify(callbackOf(event, { team_id: slack.team, context_team_id: slack.team }));
    await app.post('/slack/events', signed(body, app.clock.now(), { 'x-slack-retry-num': '1' }));
    await app.quiet();
    assert.equal(byBot(await slack.history(slack.direct)).length - before, said);
  });

  it('has a channel where agents see a ticket, as it is now', async () => {
    await slack.joins(slack.channel);
    const feed = createSlackAlone(slack.url, { escalations: slack.channel }).ticketFeed ?? assert.fail();
    const ref = await feed.post(anySummary);
    const shown = async () => byBot(await slack.history(slack.channel)).filter(({ ts }) => ts === ref);
    assert.deepEqual(
      (await shown()).map(({ text }) => text),
      [`${anySummary.title} Waiting: “${anySummary.words}”`],
    );
    assert.match(JSON.stringify(await shown()), /"claim-ticket"/);
    await feed.update(ref, { ...anySummary, state: 'taken', standing: 'Claimed by Ada' });
    assert.match(JSON.stringify(await shown()), /Claimed by Ada/);
    assert.doesNotMatch(JSON.stringify(await shown()), /claim-ticket|Waiting/);
  });
});

interface Button {
  readonly type: string;
  readonly action_id: string;
  readonly value?: string;
}
