import assert from 'node:assert/strict';
import { createServer, type AddressInfo } from 'node:net';
import { createEmail } from '../../src/desks/email/index.ts';
import { mailHtml } from '../../src/mail/mail-html.ts';
import type { SupportError } from '../../src/domain/errors.ts';
import { ticketHtml } from '../../src/tickets/ticket-html.ts';
import { ticketText } from '../../src/tickets/ticket-text.ts';
import { deskContract, failureOf, hasty } from './contract.ts';
import { login, startMailServer, type Mail } from './mail-server.ts';
import { readHtml, withoutMark } from './read.ts';
import { filed, later, ticketNumbered, ticketOfSomeone } from './tickets.ts';

const from = 'latchkey@acme.example';
const to = 'support@acme.example';
const renderers = { toText: ticketText, toHtml: ticketHtml };

async function start() {
  const server = await startMailServer();
  const needs = { host: '127.0.0.1', port: server.port, secure: false, login, from, to, ...renderers };
  return { server, needs, desk: createEmail(hasty(needs, server, 700)) };
}

/** Two messages with one Message-ID are one. */
const mailbox = (mails: readonly Mail[]) =>
  new Map(mails.map(({ parsed }) => [parsed.messageId?.replace(/^<|@.*$/g, '') ?? '', parsed]));

deskContract('email', ['down', 'refusing', 'late'], async () => {
  const { server, desk } = await start();
  return {
    desk,
    taken: () => Promise.resolve([...mailbox(server.mails).keys()].filter((id) => !id.includes('/'))),
    added: (number) =>
      [...mailbox(server.mails)].flatMap(([id, { html }]) =>
        id.startsWith(`${number}/`) ? [withoutMark(readHtml(String(html)))] : [],
      ),
    turn: (fault) => void (server.fault = fault),
    secrets: [login.pass, Buffer.from(`\0${login.user}\0${login.pass}`).toString('base64')],
    close: () => server.close(),
  };
});

describe('E-mail', () => {
  let open: Awaited<ReturnType<typeof start>>;
  beforeEach(async () => (open = await start()));
  afterEach(() => open.server.close());
  const send = (ticket = ticketNumbered('LK-7'), desk = open.desk) => desk.take(ticket, { again: false });
  const failure = async (desk = open.desk) => {
    const { code, message } = (await failureOf(send(undefined, desk))) as SupportError;
    return [code, message.replace(`127.0.0.1:${open.server.port}`, 'HERE')];
  };

  it('sends a ticket as text and HTML to one address, from ours, and says that nobody wrote it', async () => {
    const ticket = { ...ticketOfSomeone('LK-7'), priority: 'high' as const };
    assert.deepEqual(await send(ticket), { id: '<LK-7@acme.example>', url: null });
    const [mail = assert.fail(), ...more] = open.server.mails;
    const { headers, subject, text, html, messageId, date, replyTo } = mail.parsed;
    assert.deepEqual([mail.from, mail.to, more], [from, [to], []]);
    assert.equal(subject, 'HIGH PRIORITY · Acme · Export blocked: monthly limit (proved) · LK-7');
    assert.deepEqual([text, html], [ticketText(ticket), mailHtml('LK-7', ticketHtml(ticket))]);
    assert.deepEqual([messageId, date?.getTime()], ['<LK-7@acme.example>', ticket.openedAt]);
    assert.deepEqual([headers.get('auto-submitted'), headers.get('priority')], ['auto-generated', 'high']);
    assert.deepEqual(replyTo?.value, [{ address: 'ada@customer.example', name: 'Ada Example' }]);
  });

  it('sends what is written later as an answer to the ticket’s message, to the same address', async () => {
    const ticket = { ...ticketOfSomeone('LK-7'), priority: 'high' as const };
    const at = filed(ticket, 'email', await send(ticket));
    await open.desk.add(at, later(17, 'Still\r\n\u202E<b>locked</b>'), { again: false });
    const [first, mail = assert.fail(), ...more] = open.server.mails;
    const { headers, subject, text, html, messageId, inReplyTo, references, date, replyTo } = mail.parsed;
    assert.deepEqual([mail.from, mail.to, more], [from, [to], []]);
    assert.equal(subject, 'Re: HIGH PRIORITY · Acme · Export blocked: monthly limit (proved) · LK-7');
    const mark = '– customer in the chat, 2026-11-22 10:17 UTC · LK-7/17';
    assert.equal(text, `Still\n<b>locked</b>\n\n${mark}\n`);
    assert.equal(html, `<p>Still<br>&lt;b&gt;locked&lt;/b&gt;</p><p><small>${mark}</small></p>`);
    assert.deepEqual([messageId, date?.getTime()], ['<LK-7/17@acme.example>', later(17).at]);
    assert.deepEqual([inReplyTo, references], [first?.parsed.messageId, first?.parsed.messageId]);
    assert.equal(headers.get('auto-submitted'), 'auto-generated');
    assert.deepEqual(replyTo?.value, [{ address: 'ada@customer.example', name: 'Ada Example' }]);
  });

  it('answers the ticket’s message as it was sent, whatever address we send from by now', async () => {
    const moved = createEmail({ ...open.needs, from: 'latchkey@new.example' });
    for (const ref of [{ id: '<LK-7@acme.example>', url: null }, null])
      await moved.add(filed(ticketNumbered('LK-7'), 'email', ref), later(17), { again: true });
    const threads = open.server.mails.map(({ parsed }) => parsed.inReplyTo);
    assert.deepEqual(threads, ['<LK-7@acme.example>', '<LK-7@new.example>']);
  });

  it('sends a copy with the same Message-ID when the answer was lost', async () => {
    open.server.fault = 'late';
    assert.deepEqual(await failure(), ['desk-unavailable', 'The mail server HERE could not be used: ETIMEDOUT.']);
    open.server.fault = 'up';
    await open.desk.take(ticketNumbered('LK-7'), { again: true });
    const ids = open.server.mails.map(({ parsed }) => parsed.messageId);
    assert.deepEqual(ids, ['<LK-7@acme.example>', '<LK-7@acme.example>']);
  });

  for (const answers of [421, 450, 451, 452])
    it(`is tried again when the server answers ${answers}`, async () => {
      open.server.answers = answers;
      assert.deepEqual(await failure(), ['desk-unavailable', `The mail server HERE answered ${answers}.`]);
    });

  for (const answers of [550, 552, 553, 554])
    it(`is refused when the server answers ${answers}`, async () => {
      open.server.answers = answers;
      assert.deepEqual(await failure(), ['desk-refused', `The mail server HERE answered ${answers}.`]);
    });

  it('is refused when the password is wrong', async () => {
    const wrong = createEmail({ ...open.needs, login: { ...login, pass: 'guess' } });
    assert.deepEqual(await failure(wrong), ['desk-refused', 'The mail server HERE answered 535.']);
  });

  it('is tried again when nobody listens', async () => {
    const { port, close } = await startMailServer();
    close();
    const nobody = createEmail({ ...open.needs, port });
    assert.deepEqual(await failure(nobody), [
      'desk-unavailable',
      `The mail server 127.0.0.1:${port} could not be used: ECONNREFUSED.`,
    ]);
  });

  it('is tried again when the server says nothing at all, within its deadline', async () => {
    const silent = createServer(() => undefined);
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const { port } = silent.address() as AddressInfo;
    const began = performance.now();
    const [code] = await failure(createEmail({ ...open.needs, port, deadlineMs: 200 })).finally(() => silent.close());
    assert.equal(code, 'desk-unavailable');
    assert.ok(performance.now() - began < 2_000);
  });

  it('lets neither a name, an address nor the ticket’s texts add a header or a recipient', async () => {
    const inject = 'x\r\nBcc: victim@example.net\r\n\r\nbody';
    const subject = { name: `Ada, <victim@example.net>, ${inject}`, email: 'ada@customer.example' };
    const ticket = ticketOfSomeone('LK-7', subject);
    const problem = { ...ticket.problem, words: inject, feature: inject };
    const injecting = { ...ticket, problem, verdict: { ...ticket.verdict, name: inject } };
    await send(injecting);
    await open.desk.add(filed(injecting, 'email', null), later(17, inject), { again: false });
    assert.equal(open.server.mails.length, 2);
    for (const mail of open.server.mails) {
      assert.deepEqual(mail.to, [to]);
      assert.deepEqual([mail.parsed.bcc, mail.parsed.cc], [undefined, undefined]);
      assert.deepEqual(
        mail.parsed.replyTo?.value.map(({ address }) => address),
        ['ada@customer.example'],
      );
      const head = mail.raw.slice(0, mail.raw.indexOf('\r\n\r\n'));
      assert.doesNotMatch(head, /^bcc:/im);
    }
  });

  it('does not send a password in the clear to another machine', async () => {
    // This machine by a name that is none of its own.
    const far = createEmail({ ...open.needs, host: '0.0.0.0' });
    const [code, message] = await failure(far);
    assert.deepEqual([code, open.server.mails.length], ['desk-unavailable', 0], message);
  });
});
