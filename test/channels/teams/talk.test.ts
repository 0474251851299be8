import assert from 'node:assert/strict';
import { startSite, type Site } from './site.ts';

describe('a talk in Teams', () => {
  let site: Site;
  beforeEach(async () => {
    site = await startSite();
  });
  afterEach(() => site.close());

  it('answers a message, once, however often it comes', async () => {
    const answers = await Promise.all(Array.from({ length: 10 }, () => site.deliver()));
    await site.quiet();
    assert.deepEqual([...new Set(answers.map(({ status }) => status))], [200]);
    console.log(site.told(), site.microsoft.asked, site.refused, site.world.log.lines);
    assert.equal(site.told().length, 1);
  });
});
