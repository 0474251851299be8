import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { runMain, withChild } from '../support/child.ts';
import { chatOf, isBot, latchkeyOf, openChat, type Chat } from '../support/direct-line.ts';

describe('the very first start', function () {
  this.timeout(180_000);
  let folder = '';
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'latchkey-first-'))));
  afterEach(() => rmSync(folder, { recursive: true }));

  const hasLearned = () => readdirSync(folder).some((file) => /^recognizer-\w+\.bin$/.test(file));
  const complaint = 'I get access denied when I try to export';
  /** What the complaint is answered with, when it is. */
  async function verdictIn(chat: Chat): Promise<string> {
    const stream = await chat.listen();
    const reply = await stream.until((one) => isBot(one) && latchkeyOf(one).verdict !== undefined);
    await stream.close();
    return JSON.stringify(latchkeyOf(reply).verdict);
  }

  it('listens before it has learned; then it answers rightly what came before, also before it was killed', async () => {
    let first: Chat | undefined;
    await withChild(folder, {}, async ({ url }) => {
      first = await openChat(url, 'over-limit');
      assert.equal((await first.write(complaint)).status, 200);
      assert.ok(!hasLearned(), 'it had learned already: nothing is proved');
    });
    const { id, token } = first ?? assert.fail();
    await withChild(folder, {}, async ({ url }) => {
      const second = await openChat(url, 'over-limit');
      assert.equal((await second.write(complaint)).status, 200);
      assert.ok(!hasLearned(), 'it had learned already: nothing is proved');
      for (const chat of [chatOf(url, { conversationId: id, token }), second])
        assert.match(await verdictIn(chat), /monthly-limit/);
      assert.ok(hasLearned());
    });
  });

  it('with words that have an error ends with 1 and a line for each', async () => {
    const own = join(folder, 'own');
    mkdirSync(own);
    writeFileSync(join(own, 'replies.yaml'), 'lines:\n  hello: "Ahoy {{wife}}"\n');
    const child = runMain(folder, { DEMO: '1', CONTENT_DIR: own });
    const [[code], told] = await Promise.all([once(child, 'exit') as Promise<[number]>, text(child.stderr)]);
    assert.equal(code, 1);
    assert.match(told, /^\S*replies\.yaml:2: "hello" has no fact \{\{wife\}\}[^\n]*\n$/);
  });
});
