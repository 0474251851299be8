import { feedbackIn } from '../support/feedback.ts';
import assert from 'node:assert/strict';
import type { StoredReply } from '../../src/domain/activity.ts';
import type { World } from '../support/world.ts';

/** An answer by its number among the activities of its conversation. */
export interface Judged {
  readonly conversationId: string;
  readonly seq: number;
}

/** What a client sends when somebody judges an answer: each call delivers the same press again; whether it was taken. */
export type Press = () => Promise<boolean>;

/** A customer's talk in a channel whose clients have their own control below an answer. */
export interface RatingTalk {
  /** What our store calls it. */
  readonly id: string;
  write(text: string): Promise<unknown>;
  /** Missing `answer`: the one that was given last. `reason`: in the customer's own words. */
  press(answered: boolean, reason?: string | null, answer?: Judged): Press;
}

/** The product with a channel, to which customers write. */
export interface RatingSite {
  readonly world: Pick<World, 'store' | 'db' | 'clock'>;
  open(): Promise<RatingTalk>;
  /** Resolves when all that was taken is answered. */
  quiet(): Promise<void>;
  close(): Promise<unknown>;
}

const thanks = 'Thanks for the feedback';
const question = 'how do I get an API key?';
const ten = Array.from({ length: 10 });

/** What every channel promises whose clients judge an answer by their own means. */
export function feedbackContract(name: string, start: () => Promise<RatingSite>): void {
  describe(`an answer that is judged in ${name}`, () => {
    let site: RatingSite;
    let talk: RatingTalk;
    let asked: Judged;
    beforeEach(async () => {
      site = await start();
      talk = await site.open();
      asked = await ask(talk);
    });
    afterEach(() => site.close());

    /** Has it answered; what then can be judged. */
    async function ask(of: RatingTalk, words = question): Promise<Judged> {
      await of.write(words);
      await site.quiet();
      const last = (await said(0, of.id)).findLast(({ reply }) => reply.kind === 'feedback');
      return { conversationId: of.id, seq: last?.seq ?? assert.fail('nothing can be judged') };
    }
    async function said(after = asked.seq, id = talk.id): Promise<StoredReply[]> {
      const all = await site.world.store.activitiesAfter(id, after, 1_000);
      return all.filter((one) => one.type === 'reply');
    }
    const texts = async () => (await said()).map(({ reply }) => reply.text);
    const thanked = async () => (await texts()).filter((text) => text.startsWith(thanks)).length;
    async function take(...presses: Press[]): Promise<boolean[]> {
      const taken = await Promise.all(presses.map((deliver) => deliver()));
      await site.quiet();
      return taken;
    }
    const taken = async (press: Press) => (await take(press))[0];
    async function kept() {
      const rows = await feedbackIn(site.world.db);
      return rows.map(({ article, answered, reason }) => ({ article, answered, reason }));
    }
    const events = async () =>
      (await site.world.store.activitiesAfter(talk.id, 0, 1_000)).filter(
        (one) => one.type === 'event' && one.name === 'answer-rated',
      ).length;
    const key = { article: 'get-an-api-key', reason: null };

    it('is stored once and thanked for once, pressed ten times at once', async () => {
      const results = await take(...ten.map(() => talk.press(true)));
      assert.deepEqual(results, ten.fill(true));
      assert.deepEqual(await kept(), [{ ...key, answered: 1 }]);
      assert.equal(await thanked(), 1);
    });

    it('is one judgement, delivered ten times at once', async () => {
      const press = talk.press(true);
      await take(...ten.map(() => press));
      assert.equal(await taken(press), true);
      assert.equal(await events(), 1);
      assert.deepEqual(await kept(), [{ ...key, answered: 1 }]);
      assert.equal(await thanked(), 1);
    });

    it('is what was said last, where it changes, and a no is asked why', async () => {
      await take(talk.press(true));
      await take(talk.press(false));
      assert.deepEqual(await kept(), [{ ...key, answered: 0 }]);
      assert.ok((await texts()).includes('What was missing?'));
      await take(talk.press(true));
      assert.deepEqual(await kept(), [{ ...key, answered: 1 }]);
    });

    it('has its reason in the customer’s own words, without secrets', async () => {
      await take(talk.press(false, 'my password is hunter22, and it is too long'));
      const [one] = await kept();
      assert.equal(one?.answered, 0);
      assert.match(one.reason ?? '', /too long/);
      assert.doesNotMatch(JSON.stringify([one, await events(), await texts()]), /hunter22/);
      assert.ok(!(await texts()).includes('What was missing?'));
    });

    it('may be an hour old', async () => {
      site.world.clock.forward(3_600_000);
      assert.equal(await taken(talk.press(true, null, asked)), true);
      assert.deepEqual(await kept(), [{ ...key, answered: 1 }]);
      assert.equal(await thanked(), 1);
    });

    it('may be an earlier one', async () => {
      await take(talk.press(true));
      await ask(talk, 'how do I invite a teammate?');
      await take(talk.press(false, null, asked));
      assert.deepEqual(await kept(), [{ ...key, answered: 0 }]);
    });

    it('is refused where it is none of this conversation, and nothing is stored or said', async () => {
      const other = await site.open();
      await other.write('hello');
      await site.quiet();
      await ask(other, 'how do I invite a teammate?');
      const elsewhere = await ask(other);
      for (const answered of [true, false]) assert.equal(await taken(talk.press(answered, null, elsewhere)), false);
      assert.deepEqual([await kept(), await events(), await texts()], [[], 0, []]);
    });

    it('is stored in silence while a person answers', async () => {
      const answering = { id: 'ana', name: 'Ana', ticket: 'none', desk: null, at: site.world.clock.now() };
      const set = { answering: JSON.stringify(answering) };
      await site.world.db.updateTable('conversations').set(set).where('id', '=', talk.id).execute();
      await take(talk.press(false));
      assert.deepEqual(await kept(), [{ ...key, answered: 0 }]);
      assert.deepEqual(await texts(), []);
    });
  });
}
