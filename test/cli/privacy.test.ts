import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { agent, startZendesk } from '../desks/zendesk-far-end.ts';
import { dataFolder, withChild } from '../support/child.ts';
import { runCommand, runInTurn } from '../support/command.ts';
import { signIn } from '../support/console.ts';
import { chatOf, isBot, latchkeyOf, openChat, type Chat, type Stream } from '../support/direct-line.ts';
import { customerNamed } from '../support/customers.ts';

const program = resolve(import.meta.dirname, '../../src/cli/privacy.ts');

/** Runs the command in its own process over a data folder. */
const privacy = (folder: string, ...args: readonly string[]) => runCommand(program, folder, ...args);

/** What everybody who talks here writes, agents too, in words of their own. */
const wordsOf = (who: string) => ({
  asked: `Wozzlebrand${who} fnordlich grumpf?`,
  why: `Because Quillfeder${who} was nowhere`,
  later: `Also Mumpitzgarten${who} is broken`,
  note: `Note Kladderadatsch${who}`,
  reply: `Hello, Schnurrkater${who} looks at it`,
});

/** Writes and waits for the answer. */
async function say(chat: Chat, stream: Stream, words: string): Promise<void> {
  const { body } = await chat.write(words);
  await stream.until((one) => isBot(one) && String(one.id) > String(body.id));
}

/** A whole talk with a ticket that an agent claims, notes on, and answers. */
async function talk(url: string, customer: string, who: string) {
  const words = wordsOf(who);
  const chat = await openChat(url, customer);
  const stream = await chat.listen();
  await say(chat, stream, words.asked);
  await say(chat, stream, 'how do I get an API key?');
  await say(chat, stream, 'No');
  await say(chat, stream, words.why);
  const given = await stream.until((one) => latchkeyOf(one).ticket !== undefined);
  const ticket = String(latchkeyOf(given).ticket);
  await say(chat, stream, words.later);
  const desk = await signIn(url);
  await desk.act(ticket, 'claim', { from: null });
  await desk.act(ticket, 'note', { id: 'n', text: words.note });
  const { status } = await desk.act(ticket, 'reply', { id: 'r', text: words.reply });
  assert.equal(status, 200);
  await stream.until(({ text: said }) => String(said).includes('Schnurrkater'));
  return {
    chat,
    stream,
    ticket,
    words: Object.values(words).map(
      (all) => all.split(' ').find((one) => one.endsWith(who) || one.includes(who)) ?? '',
    ),
  };
}

describe('npm run privacy', () => {
  const folder = dataFolder();
  after(() => rmSync(folder, { recursive: true }));

  const stored = (words: readonly string[]) => {
    const files = readdirSync(folder).filter((name) => name.startsWith('latchkey.db'));
    const bytes = files.map((name) => readFileSync(join(folder, name)));
    return words.filter((word) => bytes.some((all) => all.includes(word)));
  };
  const [mine, others] = ['over-limit', 'no-seat'].map((name) => customerNamed(name)?.person ?? assert.fail());
  assert.ok(mine && others);
  const of = (person: { accountId: string; userId: string }) => [person.accountId, person.userId];

  it('exports and erases one person while Latchkey runs: their chat ends, and no file has a word of theirs', async () => {
    const desk = await startZendesk();
    const settings = { ZENDESK_URL: desk.url.origin, ZENDESK_EMAIL: agent.email, ZENDESK_TOKEN: agent.token };
    await withChild(folder, settings, async ({ url }) => {
      const one = await talk(url, 'over-limit', 'Aaa');
      const other = await talk(url, 'no-seat', 'Bbb');
      assert.deepEqual(stored([...one.words, ...other.words]), [...one.words, ...other.words]);

      const file = join(folder, 'export.json');
      const [toFile, toOut, unsure] = await runInTurn(program, folder, [
        { args: ['export', ...of(mine), '--out', file] },
        { args: ['export', ...of(mine)] },
        { args: ['erase', ...of(mine)] },
      ]);
      assert.ok(toOut && unsure);
      assert.deepEqual(toFile, { out: '', error: '', code: 0 });
      assert.equal(statSync(file).mode & 0o777, 0o600);
      const exported = readFileSync(file, 'utf8');
      for (const word of one.words) assert.ok(exported.includes(word), word);
      for (const word of [...other.words, other.ticket]) assert.ok(!exported.includes(word), word);
      // Meanwhile the desk may have taken what was on its way to it.
      const personIn = (json: string) => (JSON.parse(json) as { person: unknown }).person;
      assert.deepEqual([personIn(toOut.out), toOut.code], [personIn(exported), 0]);
      for (const word of one.words) assert.ok(toOut.out.includes(word), word);
      rmSync(file);

      assert.deepEqual([unsure.code, unsure.error], [1, 'nobody is there to confirm it: add --yes\n']);
      assert.equal(stored(one.words).length, one.words.length);
      const { out, code, error } = await privacy(folder, 'erase', ...of(mine), '--yes');
      assert.deepEqual([code, error], [0, '']);
      assert.match(out, /^Stored of this person: 1 conversations, \d+ activities, /);
      assert.match(out, /^conversations +1 removed$/m);
      const filed = desk.tickets.find((ticket) => ticket.external_id === one.ticket) ?? assert.fail();
      assert.match(out, new RegExp(`To be erased there, by hand:\nzendesk +${one.ticket} ${filed.id} http\\S+\n$`));

      await one.stream.closed;
      assert.equal((await one.chat.write('still there?')).status, 401);
      assert.deepEqual(stored([...one.words, one.ticket, one.chat.id]), []);
      assert.deepEqual(stored(other.words), other.words);
      // A person answers there: the bot says nothing.
      assert.equal((await other.chat.write('still there?')).status, 200);
      assert.match(
        (await privacy(folder, 'erase', ...of(mine), '--yes')).out,
        /^Nothing is stored of this person\. <account> and <user> are account_id and sub of their identity\.\n$/,
      );
    });
    desk.close();
  });

  it('goes on from there after kill −9, and works where nothing runs', async () => {
    const words = ['Bbb'];
    assert.deepEqual(stored(words), words);
    const { out, code } = await privacy(folder, 'erase', ...of(others), '--yes');
    assert.equal(code, 0, out);
    assert.deepEqual(stored(words), []);
    await withChild(folder, {}, async ({ url }) => {
      const chat = await openChat(url, 'no-seat');
      await say(chatOf(url, { conversationId: chat.id, token: chat.token }), await chat.listen(), 'hello');
    });
  });

  it('says in one line what it cannot do, and where a file has nothing in it, for the ids may be mistaken', async () => {
    const nowhere = join(folder, 'nowhere');
    const misused = [
      [],
      ['export'],
      ['erase', 'a'],
      ['forget', 'a', 'b'],
      ['export', 'a', 'b', '--yes'],
      ['erase', 'a', 'b', 'c'],
    ];
    const [noFile, nobody, ...others] = await runInTurn(
      program,
      folder,
      [['export', 'a', 'b', '--out', join(nowhere, 'file')], ['export', 'no-account', 'nobody'], ...misused].map(
        (args) => ({ args }),
      ),
    );
    assert.ok(noFile && nobody);
    assert.deepEqual([noFile.code, noFile.error.split('\n').length], [1, 2], noFile.error);
    assert.ok(!existsSync(nowhere));
    assert.deepEqual(
      [nobody.code, nobody.error],
      [0, 'Nothing is stored of this person. <account> and <user> are account_id and sub of their identity.\n'],
    );
    assert.deepEqual((JSON.parse(nobody.out) as { person: unknown }).person, {
      accountId: 'no-account',
      userId: 'nobody',
    });
    assert.equal(others.length, misused.length);
    for (const { error } of others) assert.match(error, /^usage: npm run privacy -- export <account> <user>/);
  });
});
