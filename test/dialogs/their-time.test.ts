import assert from 'node:assert/strict';
import { textOf } from '../support/store.ts';
import { createWorld, type World } from '../support/world.ts';

const complaint = 'I get access denied when I try to export';
const theirs = /resets? on 1 December at (\d\d:\d\d) (UTC|your time)/;

describe('times that a customer reads', () => {
  let world: World;
  beforeEach(async () => {
    world = await createWorld('over-limit');
  });
  afterEach(() => world.close());

  /** When the usage resets, as they are told. */
  async function told(text: string, zone?: string): Promise<string | undefined> {
    const said = (await world.write(text, { zone })).map(textOf).join('\n');
    return theirs.exec(said)?.slice(1).join(' ');
  }

  it('are in UTC as long as nobody tells where they are', async () => {
    assert.equal(await told(complaint), '00:00 UTC');
  });

  it('are those of their client, which may travel; a turn that tells of none keeps it', async () => {
    assert.equal(await told(complaint, 'Europe/Berlin'), '01:00 your time');
    assert.equal(await told(complaint), '01:00 your time');
    assert.equal(await told('how much have I used?', 'Asia/Tokyo'), '09:00 your time');
  });

  it('are in UTC where a client tells of no zone that there is', async () => {
    assert.equal(await told(complaint, 'Moon/Tranquility'), '00:00 UTC');
  });
});

describe('whoever opens the chat', () => {
  const greeted = async (locale: string | undefined) => {
    const world = await createWorld('over-limit');
    const said = (await world.begin({ locale })).map(textOf);
    await world.close();
    return said.slice(1);
  };

  it('with a client in another language reads in it which one is understood', async () => {
    assert.match((await greeted('de-AT')).join(), /^Ich verstehe bisher nur Englisch\./);
  });

  it('with a client in ours, or in one that we have no words in, reads nothing else', async () => {
    for (const locale of [undefined, 'en-GB', 'is-IS']) assert.deepEqual(await greeted(locale), []);
  });
});
