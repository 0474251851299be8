import { sourceChecks } from '../../accounts/checks.ts';
import { checkReplyMail } from '../../channels/direct-line/check-reply-mail.ts';
import { channelChecks } from '../../channels/index.ts';
import type { Config } from '../../config.ts';
import { deskCheck } from '../../desks/index.ts';
import { fail, NotReached, ok, type Check, type CheckNeeds, type CheckResult } from '../../domain/check.ts';
import { createGetJson } from '../../http/get-json.ts';
import { checkOpenId, checkPublishedKeys } from '../../identity/checks.ts';
import { addressChecks } from './addresses.ts';
import { judgeClock, notingClocks } from './clock.ts';
import { checkDatabase } from './database.ts';
import { checkDisk } from './disk.ts';
import { checkPort } from './port.ts';
import { checkWords } from './words.ts';

/** A check with what came of it. */
export interface CheckLine extends CheckResult {
  readonly name: string;
}

/** Longer than any request of a check may take. */
const longestMs = 12_000;

/** Every check that these settings have, all at the same time, in their order. `deadlineMs`: for each. */
export async function runChecks(config: Config, needs: CheckNeeds, deadlineMs = longestMs): Promise<CheckLine[]> {
  const ahead: number[] = [];
  const noting = { ...needs, fetch: notingClocks(needs.fetch, () => needs.clock.now(), ahead) };
  const checks = await checksOf(config);
  const lines = await Promise.all(checks.map((check) => lineOf(check, noting, deadlineMs)));
  const notices = config.notices.map((notice): CheckLine => {
    const [what = notice, todo = null] = notice.split(/; (?=set it)/);
    return { name: 'settings', status: 'warn', what, todo };
  });
  const settings =
    notices.length > 0 ? notices : [{ name: 'settings', ...ok(config.demo ? 'the demo' : 'all are read') }];
  return [...settings, ...lines, { name: 'clock', ...judgeClock(ahead) }];
}

async function checksOf(config: Config): Promise<readonly Check[]> {
  const { desk, identity, console: agents, contentFolders, replyMail } = config;
  return [
    checkDisk(config.dataDir),
    ...(config.database ? [checkDatabase(config.database)] : []),
    checkPort(config.port, config.host),
    ...(contentFolders.length > 1 ? [checkWords(contentFolders)] : []),
    ...addressChecks(config),
    ...(identity?.jwksUrl ? [checkPublishedKeys(identity.jwksUrl, createGetJson)] : []),
    ...sourceChecks(config.sources),
    ...(desk ? [deskCheck(desk)] : []),
    ...(await channelChecks(config.channels)),
    ...(replyMail ? [checkReplyMail(replyMail)] : []),
    ...(agents.openId ? [checkOpenId(agents.openId)] : []),
  ];
}

async function lineOf({ name, run }: Check, needs: CheckNeeds, deadlineMs: number): Promise<CheckLine> {
  const { promise: late, resolve } = Promise.withResolvers<CheckResult>();
  const seconds = Math.round(deadlineMs / 1_000);
  const timer = setTimeout(() => resolve(fail(`no answer within ${seconds} s`, 'look at the network')), deadlineMs);
  try {
    return { name, ...(await Promise.race([run(needs), late])) };
  } catch (error) {
    if (error instanceof NotReached)
      return { name, ...fail(error.message, 'check the address, and that this machine may reach it') };
    // What else it says may hold anything.
    const kind = error instanceof Error ? error.name : 'no error';
    return { name, ...fail(`the check itself failed (${kind})`, 'report it, with what you did') };
  } finally {
    clearTimeout(timer);
  }
}

/** A check as one line. */
export function toText({ status, name, what, todo }: CheckLine): string {
  return `${status.padEnd(4)}  ${name}: ${what}${todo === null ? '' : `; ${todo}`}`;
}
