import assert from 'node:assert/strict';
import { createReplyMailer } from '../../../src/channels/direct-line/reply-mailer.ts';
import type { SayInMail } from '../../../src/channels/direct-line/reply-mail.ts';
import type { Store } from '../../../src/domain/ports.ts';
import type { SubjectFields } from '../../../src/domain/subject.ts';
import { createWords } from '../../../src/knowledge/wording.ts';
import type { StoreDatabase } from '../../../src/store/store-database.ts';
import { login, startMailServer } from '../../desks/mail-server.ts';
import { ticketOfSomeone } from '../../desks/tickets.ts';
import { onEachStore, openBeside, openDatabase } from '../../support/databases.ts';
import { nextEffects } from '../../support/effects.ts';
import { content, countingRandom, fakeClock, keptLog } from '../../support/fakes.ts';
import { storeOver, written } from '../../support/store.ts';

const minute = 60_000;
const url = 'https://help.example.com';
const say: SayInMail = (line, facts) => createWords(content, url, undefined, 'customer').line(line, facts);
const ada: SubjectFields = {
  ...{ accountId: 'acme', userId: 'usr_1', verifiedBy: 'signed-identity', name: 'Ada', email: 'ada@acme.example' },
};
const dana = { id: 'dana', name: 'Dana' };

onEachStore('a person’s answer that nobody reads', () => {
  const [clock, random] = [fakeClock(), countingRandom()];
  let server: Awaited<ReturnType<typeof startMailServer>>;
  let db: StoreDatabase;
  let store: Store;
  let said = 0;
  beforeEach(async () => {
    server = await startMailServer();
    db = await openDatabase();
    store = await storeOver(db, clock);
  });
  afterEach(async () => {
    server.close();
    await store.close();
  });

  const settings = () => ({
    ...{ host: '127.0.0.1', port: server.port, secure: false, login, from: 'help@acme.example', afterMinutes: 10 },
  });
  const mailerOver = (over: Store, log = keptLog()) => {
    const needs = { reading: over.reading, oneTime: over.oneTime, settings: settings(), url, say, clock, random, log };
    return createReplyMailer({ ...needs, title: () => 'Acme Help' });
  };
  const mail = () => mailerOver(store).run();
  /** A talk of somebody with a ticket; `contact`: what they typed. */
  const talk = async (id: string, subject: SubjectFields | null, contact?: string) => {
    await store.open({ id, channel: 'direct-line', userId: 'dl_1', subject, locale: 'en', shared: false });
    await store.reading.begin(id, subject);
    await store.receive(id, written('a person'));
    const ticket = ticketOfSomeone(`LK-${id}`, subject ?? undefined);
    const who = { ...ticket.who, subject, ...(contact !== undefined && { unverifiedContact: contact }) };
    await store.commit(await nextEffects(store, id, { ticket: { ...ticket, conversationId: id, who } }));
  };
  const answer = async (id: string, text: string) => {
    await store.ticketActions.act({
      ...{ ticket: `LK-${id}`, by: dana, action: 'reply', id: `says ${(said += 1)}` },
      when: { states: ['waiting', 'sent', 'claimed'] },
      talks: [{ conversationId: id, says: [{ kind: 'person', name: dana.name, text, actions: [] }] }],
    });
    return store.lastSeq(id);
  };
  const linkIn = (text = '') => /#back=([\w-]{43})/.exec(text)?.[1] ?? '';

  it('goes to their verified address after ten minutes, several in one mail, with a way back', async () => {
    await talk('one', ada);
    await answer('one', 'I raised your limit.');
    clock.forward(9 * minute);
    await answer('one', 'Please *try* again <b>now</b>.\n\nAnd tell me.');
    await mail();
    assert.equal(server.mails.length, 0);
    clock.forward(minute);
    await mail();
    await mail();
    const [sent = assert.fail(), ...more] = server.mails;
    assert.deepEqual([more, sent.to, sent.from], [[], ['ada@acme.example'], 'help@acme.example']);
    const { subject, text = '', html, headers } = sent.parsed;
    assert.equal(subject, 'Dana answered you');
    for (const words of ['Hi Ada,', 'I raised your limit.', 'try again <b>now</b>.', 'And tell me.'])
      assert.ok(text.includes(words), words);
    assert.ok(!String(html).includes('<b>'));
    assert.equal(headers.get('auto-submitted'), 'auto-generated');
    assert.equal(await store.oneTime.take(linkIn(text), 'mail-link'), 'one');
    assert.equal(await store.oneTime.take(linkIn(text), 'mail-link'), null);
    assert.ok(text.includes(`${url}/widget/#back=`));
  });

  it('is not mailed once it was seen, and what is said after that is', async () => {
    await talk('one', ada);
    await store.reading.seen('one', await answer('one', 'Seen.'));
    clock.forward(60 * minute);
    await mail();
    assert.equal(server.mails.length, 0);
    await answer('one', 'Not seen.');
    clock.forward(10 * minute);
    await mail();
    assert.deepEqual(
      server.mails.map(({ parsed }) => [parsed.text?.includes('Seen.\n'), parsed.text?.includes('Not seen')]),
      [[false, true]],
    );
  });

  it('is not mailed where it was seen while the server was down', async () => {
    await talk('one', ada);
    const last = await answer('one', 'Seen late.');
    server.fault = 'down';
    clock.forward(10 * minute);
    await mail();
    server.fault = 'up';
    await store.reading.seen('one', last);
    clock.forward(60 * minute);
    await mail();
    assert.equal(server.mails.length, 0);
  });

  it('comes again with the same Message-ID where nobody knows whether it arrived, and the later ones wait for the next', async () => {
    await talk('one', ada);
    await answer('one', 'First.');
    clock.forward(10 * minute);
    // Claimed by a process that was killed.
    const claim = { unreadSince: clock.now(), leaseUntil: clock.now() + minute, limit: 9 };
    const [lost] = await store.reading.claimMails(clock.now(), claim);
    await answer('one', 'Second.');
    await mail();
    assert.equal(server.mails.length, 0, 'it is leased');
    clock.forward(minute);
    await mail();
    clock.forward(minute);
    await mail();
    clock.forward(10 * minute);
    await mail();
    const ids = server.mails.map(({ parsed }) => parsed.messageId);
    assert.deepEqual(ids, [`<one.${lost?.toSeq ?? 0}@acme.example>`, `<one.${(lost?.toSeq ?? 0) + 1}@acme.example>`]);
    assert.deepEqual(
      server.mails.map(({ parsed: { text = '' } }) => [text.includes('First.'), text.includes('Second.')]),
      [
        [true, false],
        [false, true],
      ],
    );
  });

  it('is tried again after longer and longer pauses where the server does not take it, and the log names nobody', async () => {
    await talk('one', ada);
    await answer('one', 'At last.');
    server.fault = 'down';
    const log = keptLog();
    const mailer = mailerOver(store, log);
    clock.forward(10 * minute);
    for (let i = 0; i < 5; i += 1) {
      await mailer.run();
      await mailer.run();
      clock.forward(5 * minute + 1);
    }
    assert.equal(log.lines.length, 5);
    assert.doesNotMatch(JSON.stringify(log.lines), /ada@|At last/);
    server.fault = 'up';
    await mailer.run();
    assert.equal(server.mails.length, 1);
  });

  it('is given up where the server refuses it ten times', async () => {
    await talk('one', ada);
    await answer('one', 'Never.');
    server.answers = 550;
    const log = keptLog();
    const mailer = mailerOver(store, log);
    clock.forward(10 * minute);
    for (let i = 0; i < 15; i += 1) {
      await mailer.run();
      clock.forward(6 * minute);
    }
    assert.deepEqual(
      log.lines.map(({ level }) => level),
      [...Array<string>(9).fill('warn'), 'error'],
    );
  });

  it('is mailed once, though many processes look at the same time', async () => {
    const other = await storeOver(openBeside(db), clock);
    const talks = Array.from({ length: 20 }, (_, i) => `talk${i}`);
    for (const id of talks) {
      await talk(id, { ...ada, userId: id });
      await answer(id, `For ${id}.`);
    }
    clock.forward(10 * minute);
    for (let round = 0; round < 3; round += 1)
      await Promise.all([store, other, store, other].map((one) => mailerOver(one).run()));
    assert.equal(server.mails.length, talks.length);
    assert.equal(new Set(server.mails.map(({ parsed }) => parsed.messageId)).size, talks.length);
    if (db.isShared) await other.close();
  });

  it('goes to no address that only an e-mail match proved, and to none in an identity that is no plain address', async () => {
    await talk('match', { ...ada, verifiedBy: 'trusted-email' });
    await talk('list', { ...ada, email: 'a@b.example, eve@evil.example' });
    await talk('none', { ...ada, email: undefined }, 'eve@evil.example');
    for (const id of ['match', 'list', 'none']) await answer(id, 'Secret.');
    clock.forward(10 * minute);
    await mail();
    assert.equal(server.mails.length, 0);
  });

  it('is told of, once and without a word of it, to an address that was typed; with its words once its owner came', async () => {
    await talk('typed', null, 'tom@acme.example');
    await answer('typed', 'Secret one.');
    clock.forward(10 * minute);
    await mail();
    await answer('typed', 'Secret two.');
    clock.forward(20 * minute);
    await mail();
    const [first = assert.fail(), ...more] = server.mails;
    assert.deepEqual([more.length, first.to], [0, ['tom@acme.example']]);
    assert.doesNotMatch(first.raw, /Secret|Dana/);
    assert.equal(await store.oneTime.take(linkIn(first.parsed.text), 'mail-link'), 'typed tom@acme.example');
    await store.reading.confirmEmail('typed', 'tom@acme.example');
    await answer('typed', 'Secret three.');
    clock.forward(10 * minute);
    await mail();
    assert.match(server.mails[1]?.parsed.text ?? '', /Secret three/);
  });

  it('is not mailed where what was typed is no address', async () => {
    await talk('phone', null, '+44 20 7946 0000');
    await answer('phone', 'Call me.');
    clock.forward(10 * minute);
    await mail();
    assert.equal(server.mails.length, 0);
  });
});
