import assert from 'node:assert/strict';
import { conversationIdOf } from '../../../src/channels/inbound.ts';
import type { Wire } from '../../../src/channels/wire.ts';
import { sampleCustomers } from '../../../src/demo/customers.ts';
import { emulator, playground } from './activities.ts';
import { startBot, type Bot } from './bot.ts';
import { startTool, type Tool } from './tool.ts';

describe('who writes on this machine', () => {
  let bot: Bot;
  let tool: Tool;
  beforeEach(async () => {
    tool = await startTool();
    bot = await startBot('no-seat');
  });
  afterEach(async () => {
    await bot.stop();
    tool.close();
  });
  const post = async (activity: Wire) => {
    assert.equal((await bot.post(activity)).status, 200);
  };
  const subjectOf = async ({ conversation }: Wire) =>
    (await bot.store.load(conversationIdOf('local', `emulator|${(conversation as { id: string }).id}`)))?.subject;

  it('is the sample customer of the setting, proved by an identity that the demo signed', async () => {
    const { opened } = emulator(tool.base);
    await post(opened());
    await tool.hears(/Hi Iris/);
    const { userId, accountId, verifiedBy } = (await subjectOf(opened())) ?? assert.fail();
    assert.deepEqual([userId, accountId, verifiedBy], ['usr_10', 'acct_rowan_care', 'signed-identity']);
  });

  it('is that one too where the tool did not say that the conversation began', async () => {
    await post(emulator(tool.base).message('my teammate can use Reports, I can’t'));
    await tool.hears(/You have no active seat/);
  });

  it('is another one from “sign in as” on, and is welcomed as such', async () => {
    const { opened, message } = emulator(tool.base);
    await post(opened());
    await tool.hears(/Hi Iris/);
    await post(message('Sign in as “over-limit”.'));
    const all = await tool.hears(/Hi Ada/);
    assert.match(all, /You are the sample customer over-limit now\. Try: “I get access denied when I try to export”/);
    assert.ok(all.indexOf('You are the sample') < all.indexOf('Hi Ada'));
    await post(message('I get access denied when I try to export'));
    await tool.hears(/Your monthly limit blocks/);
    assert.equal((await subjectOf(opened()))?.userId, 'usr_1');
  });

  it('is the one of the setting again in a conversation that begins anew', async () => {
    const { opened, message } = emulator(tool.base);
    await post(message('sign in as over-limit'));
    await tool.hears(/Hi Ada/);
    await post(opened());
    await tool.hears(/Hi Iris/);
    assert.equal((await subjectOf(opened()))?.userId, 'usr_10');
  });

  it('is another one in one conversation only', async () => {
    await post(emulator(tool.base).message('sign in as over-limit'));
    await tool.hears(/Hi Ada/);
    const other = emulator(tool.base);
    await post(other.message('how much have I used?'));
    await tool.hears(/Hi Iris/);
  });

  for (const wish of ['sign in as admin', 'sign in as'])
    it(`is told all names, and stays who they were: ${wish}`, async () => {
      const { opened, message } = emulator(tool.base);
      await post(opened());
      await tool.hears(/Hi Iris/);
      await post(message(wish));
      const all = await tool.hears(/Write “sign in as” and one of/);
      for (const { name } of sampleCustomers) assert.ok(all.includes(name), name);
      assert.equal((await subjectOf(opened()))?.userId, 'usr_10');
    });

  it('says something else with more words than that', async () => {
    for (const words of [
      'my reports are locked when I sign in as admin',
      'sign in as admin says I can’t use Reports',
    ]) {
      await post(emulator(tool.base).message(words));
      await tool.hears(/You have no active seat/);
      assert.doesNotMatch(tool.said().join(), /sample customer/);
      tool.asked.length = 0;
    }
  });

  it('is signed in even if the tool does not take our words', async () => {
    const { opened, message } = emulator(tool.base);
    await post(opened());
    await tool.hears(/Hi Iris/);
    tool.state.fault = 400;
    await post(message('sign in as over-limit'));
    assert.equal((await subjectOf(opened()))?.userId, 'usr_1');
    assert.ok(bot.log.lines.some(({ message: line }) => line === 'whoever signed in was not told'));
  });

  it('gets what is expected in the answer to the request, and nothing else', async () => {
    const writer = playground(tool.base, 'webchat');
    const expecting = { deliveryMode: 'expectReplies' };
    const textsOf = async (activity: Wire) => {
      const { status, body } = await bot.post({ ...activity, ...expecting });
      assert.equal(status, 200);
      return (body.activities as Wire[]).map(({ text }) => text).join('\n');
    };
    assert.match(await textsOf(writer.opened()), /Hi Iris/);
    assert.match(await textsOf(writer.message('my teammate can use Reports, I can’t')), /no active seat/);
    assert.match(await textsOf(writer.message('sign in as over-limit')), /You are the sample[^]*Hi Ada/);
    assert.equal(await textsOf(writer.message('', { type: 'typing' })), '');
    assert.deepEqual(tool.asked, []);
    await post(writer.message('what can you do?'));
    assert.doesNotMatch(await tool.hears(/I find out why you get/), /Hi Iris|no active seat/);
  });

  it('gets only what was said to them, of two who expect it at once', async () => {
    const [one, two] = [emulator(tool.base), emulator(tool.base)];
    const ask = (activity: Wire) => bot.post({ ...activity, deliveryMode: 'expectReplies' });
    await Promise.all([ask(one.opened()), ask(two.opened())]);
    const answers = await Promise.all([
      ask(one.message('what can you do?')),
      ask(two.message('my teammate can use Reports, I can’t')),
    ]);
    const told = answers.map(({ body }) => JSON.stringify(body));
    assert.match(told[0] ?? '', /I find out why you get/);
    assert.doesNotMatch(told[0] ?? '', /no active seat/);
    assert.match(told[1] ?? '', /no active seat/);
  });
});
