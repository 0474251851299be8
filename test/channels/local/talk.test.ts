import assert from 'node:assert/strict';
import { conversationIdOf } from '../../../src/channels/inbound.ts';
import type { Wire } from '../../../src/channels/wire.ts';
import { signIn } from '../../support/console.ts';
import { emulator, playground, type Writer } from './activities.ts';
import { startBot, type Bot } from './bot.ts';
import { buttonsIn, pressesIn, startTool, textsIn, until, type Tool } from './tool.ts';

const complaint = 'I get access denied when I try to export';

describe('a talk on this machine', () => {
  let bot: Bot;
  let tool: Tool;
  beforeEach(async () => {
    [bot, tool] = await Promise.all([startBot(), startTool()]);
  });
  afterEach(async () => {
    await bot.stop();
    tool.close();
  });
  const post = async (activity: Wire) => {
    const { status, body } = await bot.post(activity);
    assert.deepEqual([status, body], [200, {}]);
  };

  const tools: Readonly<Record<string, (base: string) => Writer>> = {
    'the Emulator': emulator,
    'the Playground’s Emulator': (base) => playground(base, 'emulator'),
    'the Playground’s Web Chat': (base) => playground(base, 'webchat'),
  };
  for (const [name, from] of Object.entries(tools))
    it(`goes from the welcome to the ticket in ${name}, by its buttons`, async () => {
      const writer = from(tool.base);
      await post(writer.opened());
      await tool.hears(/Hi Ada, I’m an \*\*automated assistant/);
      await post(writer.message(complaint));
      await tool.hears(/Your monthly limit blocks/);
      const { body } = await until(
        () => tool.messages().find((one) => buttonsIn(one.body).length > 0) ?? null,
        () => 'button',
      );
      assert.deepEqual(buttonsIn(body), ['Check again', 'It worked', 'Talk to a person']);
      await post(writer.message('Check again'));
      await tool.hears(/I looked again/);
      await post(writer.message('Talk to a person'));
      const [ticket = ''] = /LK-[0-9A-Z]{8}/.exec(await tool.hears(/It is saved/)) ?? [];
      const agent = await signIn(bot.url);
      await agent.act(ticket, 'claim', { from: null });
      await agent.act(ticket, 'reply', { id: 'r', text: 'I raised your limit.' });
      await tool.hears(/I raised your limit/);
      const { conversation } = writer.opened() as { conversation: { id: string } };
      for (const { path, authorization } of tool.asked) {
        assert.ok(path.endsWith(`/v3/conversations/${conversation.id}/activities`), path);
        assert.equal(authorization, undefined);
      }
      assert.ok(tool.asked.some((one) => one.body.type === 'typing'));
      assert.deepEqual(bot.faults(), []);
    });

  it('takes the words of a button that are not shown', async () => {
    const writer = emulator(tool.base);
    await post(writer.message('', { text: undefined, value: complaint, channelData: { postBack: true } }));
    await tool.hears(/Your monthly limit blocks/);
  });

  it('is drawn in cards for Teams, and a card’s button counts once', async () => {
    const writer = playground(tool.base, 'msteams');
    await post(writer.installed());
    await post(writer.opened());
    await post(writer.message(`<at>Test Bot</at> ${complaint.replace('export', 'export &amp; print')}`));
    await tool.hears(/Your monthly limit blocks/);
    const { seq, label } = await until(
      () => tool.messages().flatMap(({ body }) => pressesIn(body))[0] ?? null,
      () => 'button',
    );
    const { status, body } = await bot.post(writer.pressed(seq, label));
    assert.deepEqual([status, body.statusCode, body.type], [200, 200, 'application/vnd.microsoft.card.adaptive']);
    assert.match(textsIn(body).join(), /You chose “Check again”/);
    assert.match(textsIn((await bot.post(writer.pressed(seq, 'It worked'))).body).join(), /You chose “Check again”/);
    await tool.hears(/I looked again/);
    const { body: update } = await until(
      () => tool.asked.find(({ method }) => method === 'PUT') ?? null,
      () => 'update',
    );
    assert.deepEqual(pressesIn(update), []);
    assert.equal((await bot.post(writer.pressed(seq, 'Delete everything'))).body.statusCode, 400);
    assert.equal((await bot.post({ ...writer.pressed(seq, label), value: {} })).body.statusCode, 400);
    assert.equal((await bot.post({ ...writer.pressed(seq, label), name: 'task/fetch' })).status, 501);
    assert.equal(tool.said().filter((text) => text.includes('automated assistant')).length, 1);
    assert.deepEqual(bot.faults(), []);
  });

  for (const kind of ['groupChat', 'channel', undefined])
    it(`tells nothing of an account where others may read along: ${kind ?? 'unknown'}`, async () => {
      const writer = playground(tool.base, 'msteams', kind);
      const over = kind === undefined ? { conversation: { id: 'somewhere' } } : {};
      await post(writer.message(complaint, over));
      await tool.hears(/I don’t look into accounts where others read along/);
      await post(writer.message('sign in as no-seat', over));
      await post(writer.message('what can you do?', over));
      assert.doesNotMatch(await tool.hears(/I find out why you get/), /monthly limit|sample customer|Ada|Iris/);
    });

  it('has no effect of what is no talk', async () => {
    const { opened, message } = emulator(tool.base);
    for (const type of ['typing', 'ping', 'deleteUserData', 'contactRelationUpdate', 'event', 'messageReaction'])
      await post(message('', { type, text: undefined }));
    await post({ ...opened(), membersAdded: [{ id: 'another', name: 'Somebody' }] });
    const echo = message('echo');
    await post({ ...echo, from: echo.recipient });
    const { conversation } = opened() as { conversation: { id: string } };
    assert.equal(await bot.store.load(conversationIdOf('local', `emulator|${conversation.id}`)), null);
  });

  it('hears the same activity once', async () => {
    const activity = emulator(tool.base).message('what can you do?');
    for (let i = 0; i < 3; i += 1) await post(activity);
    await tool.hears(/I find out why you get/);
    await post(emulator(tool.base).message('what can you do?'));
    await until(
      () => (tool.messages().length >= 4 ? true : null),
      () => 'other conversation',
    );
    assert.equal(tool.said().filter((text) => text.includes('I find out why you get')).length, 2);
  });

  it('is not sent through a proxy', async () => {
    process.env.HTTP_PROXY = 'http://127.0.0.1:9';
    try {
      await post(emulator(tool.base).opened());
      await tool.hears(/automated assistant/);
    } finally {
      delete process.env.HTTP_PROXY;
    }
  });

  it('is sent again when the tool is back', async () => {
    const writer = emulator(tool.base);
    tool.state.fault = 503;
    await post(writer.opened());
    await until(
      () => (tool.asked.length > 0 ? true : null),
      () => 'attempt',
    );
    tool.state.fault = null;
    await post(writer.message('what can you do?'));
    const all = await tool.hears(/I find out why you get/);
    assert.match(all, /automated assistant[^]*I find out why you get/);
  });
});
