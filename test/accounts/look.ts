import type { Absence } from '../../src/accounts/absences.ts';
import { createAccountApiSource } from '../../src/accounts/account-api.ts';
import { createAccountReader } from '../../src/accounts/read-account.ts';
import { diagnose } from '../../src/diagnosis/diagnose.ts';
import { about, featureNamed } from '../diagnosis/snapshots.ts';
import { fakeClock, keptLog } from '../support/fakes.ts';
import { readingFrom } from './far-end.ts';
import { subject } from './fixture.ts';

const clock = fakeClock();

/** One reading by the real client, with what it doubted; `status` and `hasNo` as the company's. */
export async function look(body: unknown, { status = 200, hasNo = [] as readonly Absence[] } = {}) {
  const counted: string[] = [];
  const source = createAccountApiSource({ url: 'https://accounts.test', key: 'key', hasNo });
  const accounts = createAccountReader([source], {
    startReading: readingFrom(() => ({ status, body })),
    clock,
    log: keptLog(),
    doubtful: (path) => void counted.push(path),
  });
  const snapshot = await accounts.read(subject);
  return { snapshot, counted, on: (slug: string) => diagnose(snapshot, about(featureNamed(slug))) };
}
