import assert from 'node:assert/strict';
import { readConfig } from '../src/config.ts';
import { codeOf } from '../src/domain/errors.ts';

type Env = Readonly<Record<string, string>>;
const mail: Env = { REPLY_SMTP_URL: 'smtps://us%40er:p%3Ass@mail.example.com', REPLY_FROM: 'help@acme.example' };

/** The names that are complained of; none: the settings are fine. */
function complaints(env: Env): string[] {
  try {
    readConfig({ DEMO: '1', ...env });
    return [];
  } catch (error) {
    assert.equal(codeOf(error), 'config-invalid');
    return (error as Error).message.split('\n').map((line) => line.split(' ')[0] ?? '');
  }
}

describe('the settings of what reaches a customer who left', () => {
  it('are, of mails, a server and a sender, and ten minutes unless told', () => {
    const { replyMail } = readConfig({ DEMO: '1', ...mail });
    assert.deepEqual(replyMail, {
      ...{ host: 'mail.example.com', port: 465, secure: true, login: { user: 'us@er', pass: 'p:ss' } },
      ...{ from: 'help@acme.example', afterMinutes: 10 },
    });
    assert.equal(readConfig({ DEMO: '1', ...mail, REPLY_AFTER_MINUTES: '90' }).replyMail?.afterMinutes, 90);
    assert.equal(readConfig({ DEMO: '1' }).replyMail, null);
  });

  it('are complained of where one is missing or malformed', () => {
    for (const [env, names] of [
      [{ REPLY_SMTP_URL: mail.REPLY_SMTP_URL ?? '' }, ['REPLY_FROM']],
      [{ REPLY_FROM: 'help@acme.example' }, ['REPLY_SMTP_URL']],
      [{ REPLY_AFTER_MINUTES: '5' }, ['REPLY_SMTP_URL', 'REPLY_FROM']],
      [{ ...mail, REPLY_FROM: 'Help <help@acme.example>' }, ['REPLY_FROM']],
      [{ ...mail, REPLY_SMTP_URL: 'https://mail.example.com' }, ['REPLY_SMTP_URL']],
      ...['0', '-1', '1.5', '10081', 'soon'].map(
        (minutes) => [{ ...mail, REPLY_AFTER_MINUTES: minutes }, ['REPLY_AFTER_MINUTES']] as const,
      ),
      [{ OFFICE_ZONE: 'Europe/Berlin' }, ['OFFICE_HOURS']],
      [{ OFFICE_HOURS: 'always' }, ['OFFICE_HOURS']],
      [{ OFFICE_HOURS: 'mon 09:00-17:00', OFFICE_ZONE: 'Berlin' }, ['OFFICE_ZONE']],
    ] as const)
      assert.deepEqual(complaints(env), names, JSON.stringify(env));
  });

  it('are, of a hub, its key and a name, which is “Support” unless told', () => {
    const [key, weak] = ['k'.repeat(32), 'k'.repeat(31)];
    const handOffOf = (env: Env) => readConfig({ DEMO: '1', ...env }).handOff;
    assert.deepEqual(handOffOf({}), { key: null, name: 'Support' });
    assert.deepEqual(handOffOf({ HANDOFF_KEY: key }), { key, name: 'Support' });
    assert.deepEqual(handOffOf({ HANDOFF_KEY: key, HANDOFF_NAME: 'Care' }), { key, name: 'Care' });
    assert.deepEqual(complaints({ HANDOFF_KEY: weak }), ['HANDOFF_KEY']);
    assert.deepEqual(complaints({ HANDOFF_NAME: 'Care' }), ['HANDOFF_KEY']);
    assert.ok(!complaints({ HANDOFF_NAME: 'Care', TEAMS_HUB_APP_ID: 'a hub in Teams' }).includes('HANDOFF_KEY'));
  });

  it('are, of the hours, days and times in a zone', () => {
    const { office } = readConfig({ DEMO: '1', OFFICE_HOURS: 'sat-mon 22:00-06:30', OFFICE_ZONE: 'Asia/Tokyo' });
    assert.deepEqual(office, { zone: 'Asia/Tokyo', open: [{ days: [6, 0, 1], opens: 1_320, closes: 390 }] });
    assert.equal(readConfig({ DEMO: '1', OFFICE_HOURS: 'mon 09:00-17:00' }).office?.zone, 'Etc/UTC');
  });
});
