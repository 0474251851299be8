import assert from 'node:assert/strict';
import { readConfig } from '../src/config.ts';

describe('the settings of how long things are kept', () => {
  it('keep everything for ever where nothing is said, and tell that tickets are where only the other one is', () => {
    assert.deepEqual(readConfig({}).retention, { conversations: null, tickets: null, screenshots: 30 });
    const { retention, notices } = readConfig({ RETAIN_DAYS: '90' });
    assert.deepEqual(retention, { conversations: 90, tickets: null, screenshots: 30 });
    assert.match(notices.join('\n'), /tickets are kept for ever, and the conversations that they are of/);
    const both = readConfig({ RETAIN_DAYS: '90', RETAIN_TICKET_DAYS: '365' });
    assert.deepEqual([both.retention.tickets, both.notices.length], [365, 0]);
  });

  it('take no screenshots where nobody said so, but in the demo', () => {
    const company = {
      ...{ DEMO: '0', ACCOUNT_API_URL: 'https://a.example', ACCOUNT_API_KEY: 'key' },
      ...{ IDENTITY_SECRET: 'x'.repeat(32), IDENTITY_ISSUER: 'https://a.example', IDENTITY_AUDIENCE: 'latchkey' },
    };
    assert.equal(readConfig(company).retention.screenshots, null);
    assert.equal(readConfig({ ...company, SCREENSHOTS_DAYS: '7' }).retention.screenshots, 7);
  });

  for (const name of ['RETAIN_DAYS', 'RETAIN_TICKET_DAYS', 'SCREENSHOTS_DAYS'])
    for (const days of ['0', '-1', '0.5', 'a year', '36501'])
      it(`are whole days and at least one: ${name}=${days}`, () =>
        assert.throws(() => readConfig({ [name]: days }), new RegExp(`${name} is not valid`)));
});
