import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import { createSubjectByEmail } from '../../src/accounts/subject-by-email.ts';
import { conversationIdOf } from '../../src/channels/inbound.ts';
import { SupportError } from '../../src/domain/errors.ts';
import type { StoredInbound } from '../../src/domain/activity.ts';
import type { SubjectFields } from '../../src/domain/subject.ts';
import { readingFrom, type FarAnswer } from '../accounts/far-end.ts';
import { ada, id, startMemberTalk } from './member-talk.ts';

const ben: SubjectFields = { ...ada, userId: 'usr_8', accountId: 'acct_43', name: 'Ben' };
const linked: SubjectFields = { ...ben, verifiedBy: 'linked-chat' };
const complaint = 'I get access denied when I try to export';
const [itsCause, whichAccount] = [/Your monthly limit blocks/, /which account is yours/];

const never = () => new Promise<never>(() => undefined);
const later = 600_000;
const byUser = (author: string): StoredInbound => ({ type: 'message', text: 'hello', seq: 1, at: 0, author });

describe('whose account a trusted member’s is', () => {
  let talk: Awaited<ReturnType<typeof startMemberTalk>>;
  beforeEach(async () => {
    talk = await startMemberTalk();
  });
  afterEach(() => talk.world.close());
  const warnings = () => talk.log.lines.filter(({ level }) => level !== 'info');
  /** What somebody who reads the log could read. */
  const readable = () => inspect(talk.log.lines, { depth: 20 });
  const link = (subject: SubjectFields) => talk.store.identify(id, subject);

  it('is known with the first message, which is answered with what blocks it', async () => {
    assert.match(await talk.says(complaint), itsCause);
    assert.deepEqual(await talk.subject(), JSON.parse(JSON.stringify(ada)));
    assert.deepEqual(talk.state.asked, ['slack|T1|U1']);
    assert.deepEqual(warnings(), []);
    assert.doesNotMatch(readable(), /acme\.example/);
  });

  it('is never asked for where others read along', async () => {
    const answer = await talk.says(complaint, { place: 'T1|C1', shared: true });
    assert.doesNotMatch(answer, itsCause);
    assert.equal(await talk.subject(conversationIdOf('slack', 'T1|C1')), null);
    assert.deepEqual(talk.state.asked, []);
  });

  it('is not asked for in the web chat, where a signature proves it', async () => {
    await talk.identify('talk', byUser('slack|T1|U1'));
    await talk.identify(id, byUser('slack|T1|U1'));
    assert.deepEqual(talk.state.asked, []);
  });

  it('is told with what their client tells, but where others read along', async () => {
    talk.state.told = { zone: 'Europe/Berlin', locale: 'de-DE' };
    await talk.says('hello');
    await talk.says('hello', { place: 'T1|C1', shared: true });
    assert.deepEqual(await talk.identify(id, byUser('slack|T1|U1')), talk.state.told);
    assert.deepEqual(await talk.identify(conversationIdOf('slack', 'T1|C1'), byUser('slack|T1|U1')), {});
  });

  it('is that of who wrote, not of who was there first', async () => {
    await talk.says('hello', { user: 'slack|T1|U9', message: null });
    assert.equal(await talk.subject(), null);
    await talk.says(complaint);
    assert.equal((await talk.subject())?.userId, ada.userId);
    assert.deepEqual(talk.state.asked, ['slack|T1|U9', 'slack|T1|U1']);
  });

  it('is asked for once in ten minutes, in all conversations of one person, and once at a time', async () => {
    await talk.says(complaint);
    talk.clock.forward(later - 1);
    await Promise.all(
      ['a', 'b', 'c'].map((thread) => talk.says('hello', { place: `T1|D1|${thread}`, eventId: thread })),
    );
    assert.equal(talk.state.asked.length, 1);
    talk.clock.forward(1);
    await Promise.all(['a', 'b', 'c'].map((thread) => talk.says('hello', { place: `T1|D1|${thread}` })));
    assert.equal(talk.state.asked.length, 2);
    await talk.says('hello', { user: 'slack|T1|U2', place: 'T1|D2' });
    talk.clock.forward(-later);
    await talk.says('hello again');
    assert.equal(talk.state.asked.length, 4);
  });

  it('is kept of the last 5,000 people', async () => {
    const activity = (user: number) => byUser(`slack|T1|U${user}`);
    await talk.says('hello', { user: 'slack|T1|U0' });
    for (let user = 1; user < 5_000; user += 1) await talk.identify(id, activity(user));
    await talk.identify(id, activity(0));
    assert.equal(talk.state.asked.length, 5_000);
    await talk.identify(id, activity(5_000));
    await talk.identify(id, activity(0));
    assert.equal(talk.state.asked.length, 5_001);
    // Who wrote longest ago made room.
    await talk.identify(id, activity(1));
    assert.equal(talk.state.asked.length, 5_002);
  });

  it('is the one of a link, whatever the address says', async () => {
    await talk.says('hello');
    await link(linked);
    talk.clock.forward(later);
    talk.state.person = () => assert.fail('nobody is looked up');
    await talk.says('hello again');
    assert.deepEqual(await talk.subject(), JSON.parse(JSON.stringify(linked)));
    assert.deepEqual(warnings(), []);
  });

  it('is the one of a link that is made while the address is looked up', async () => {
    talk.state.person = async () => {
      await link(linked);
      return ada;
    };
    await talk.says('hello');
    assert.deepEqual(await talk.subject(), JSON.parse(JSON.stringify(linked)));
  });

  const endings: Readonly<Record<string, () => unknown>> = {
    'they became a guest, or left': () => (talk.state.email = () => Promise.resolve(null)),
    'their address is of nobody now': () => (talk.state.person = () => Promise.resolve(null)),
    'their workspace is not trusted any more': () =>
      (talk.identify = talk.membersOf({ channels: [talk.channelWithoutTrust] })),
    'their channel is not there any more': () => (talk.identify = talk.membersOf({ channels: [] })),
    'the account API is not there any more': () => (talk.identify = talk.membersOf({ subjectByEmail: null })),
  };
  for (const [why, change] of Object.entries(endings))
    it(`is nobody’s again when ${why}, and the talk begins anew`, async () => {
      assert.match(await talk.says(complaint), itsCause);
      change();
      talk.clock.forward(later);
      assert.match(await talk.says('how much have I used?'), whichAccount);
      assert.equal(await talk.subject(), null);
      assert.doesNotMatch((await talk.store.load(id))?.state ?? '', /export/);
    });

  it('is another one when the address became another’s, and the talk begins anew', async () => {
    await talk.says(complaint);
    talk.state.person = () => Promise.resolve(ben);
    talk.clock.forward(later);
    await talk.says('hello');
    assert.deepEqual(await talk.subject(), JSON.parse(JSON.stringify(ben)));
    assert.doesNotMatch((await talk.store.load(id))?.state ?? '', /export/);
  });

  const answers = (answer: FarAnswer) =>
    createSubjectByEmail(
      { url: 'https://accounts.test', key: 'key' },
      readingFrom(() => answer),
    );
  const several = {
    people: [
      { account_id: 'a', user_id: 'u' },
      { account_id: 'b', user_id: 'u' },
    ],
  };
  it('is nobody’s where one person has several', async () => {
    talk.state.person = () => answers({ status: 200, body: several })('ada@acme.example');
    assert.match(await talk.says(complaint), whichAccount);
    assert.deepEqual([await talk.subject(), warnings()], [null, []]);
  });

  const down = new SupportError('channel-unavailable', { detail: 'Slack took nothing: status 503.' });
  const failures: Readonly<Record<string, Partial<Pick<typeof talk.state, 'email' | 'person'>>>> = {
    'the channel is down': { email: () => Promise.reject(down) },
    'the channel does not answer': { email: never },
    'the account API is down': { person: () => answers('refused')('ada@acme.example') },
    'the account API fails': { person: () => answers({ status: 500, body: 'ada@acme.example' })('ada@acme.example') },
    'the account API answers garbage': {
      person: () => answers({ status: 200, body: 'ada@acme.example' })('ada@acme.example'),
    },
    'the account API refuses our key': { person: () => answers({ status: 401, body: '' })('ada@acme.example') },
    'the account API does not answer': { person: never },
  };
  for (const [why, failing] of Object.entries(failures)) {
    it(`is not known when ${why}: the turn is answered without it, and it is asked for again`, async () => {
      const { email, person: well } = talk.state;
      Object.assign(talk.state, failing);
      assert.match(await talk.says(complaint), whichAccount);
      assert.equal(await talk.subject(), null);
      assert.deepEqual([warnings().length, warnings()[0]?.level], [1, 'warn']);
      assert.doesNotMatch(readable(), /acme\.example/);
      if (why.endsWith('not answer')) return;
      Object.assign(talk.state, { email, person: well });
      await talk.says('hello');
      assert.equal((await talk.subject())?.userId, ada.userId);
    });

    it(`stays as it was when ${why}`, async () => {
      await talk.says(complaint);
      const { state, subject } = (await talk.store.load(id)) ?? assert.fail();
      Object.assign(talk.state, failing);
      talk.clock.forward(later);
      await talk.identify(id, byUser('slack|T1|U1'));
      const after = (await talk.store.load(id)) ?? assert.fail();
      assert.deepEqual([after.state, after.subject], [state, subject]);
      assert.equal(warnings().length, 1);
    });
  }

  it('is known with the next message where it took too long for the first, and asked for once', async () => {
    const { promise, resolve } = Promise.withResolvers<string>();
    talk.state.email = () => promise;
    assert.match(await talk.says(complaint), whichAccount);
    resolve('ada@acme.example');
    assert.match(await talk.says(complaint, { eventId: 'again' }), itsCause);
    assert.equal(talk.state.asked.length, 1);
  });
});
