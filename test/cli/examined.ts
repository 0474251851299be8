import assert from 'node:assert/strict';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runChecks, toText } from '../../src/cli/checks/index.ts';
import { readConfig } from '../../src/config.ts';
import { startFarEnd, type Asked, type Told } from '../desks/far-end.ts';
import { countingRandom } from '../support/fakes.ts';

/** Settings. */
export type Env = Readonly<Record<string, string>>;

/** Hosts of vendors, which are found on this machine. */
const vendors = ['api.stripe.com', 'slack.com', 'login.microsoftonline.com'];
function fetchFinding(at: URL): typeof fetch {
  return (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input);
    if (vendors.includes(url.hostname)) return fetch(new URL(url.pathname + url.search, at), init);
    return fetch(input, init);
  };
}

/** How a test's examination differs. */
export interface Differs {
  readonly deadlineMs?: number;
  readonly now?: () => number;
}

export type Patient = Awaited<ReturnType<typeof startPatient>>;

/** A folder, and one far end on this machine that answers as it is told to: what settings name is examined there. */
export async function startPatient() {
  const folder = mkdtempSync(join(tmpdir(), 'doctor-'));
  chmodSync(folder, 0o700);
  let answer: (asked: Asked) => Told = () => ({ status: 404, body: {} });
  const farEnd = await startFarEnd((asked) => answer(asked));
  const patient = {
    folder,
    farEnd,
    set answer(told: typeof answer) {
      answer = told;
    },
    linesOf,
    /** The line of that name. */
    lineOf: async (name: string, env: Env, differs?: Differs) =>
      (await linesOf(env, differs)).find((line) => line.slice(6).startsWith(`${name}: `)) ?? assert.fail(name),
    close() {
      farEnd.close();
      rmSync(folder, { recursive: true });
    },
  };

  /** All lines; none holds a secret. */
  async function linesOf(env: Env, { deadlineMs = 12_000, now = () => Date.now() }: Differs = {}): Promise<string[]> {
    const config = readConfig({ DEMO: '1', PORT: '0', DATA_DIR: folder, ...env });
    const needs = { fetch: fetchFinding(farEnd.url), clock: { now }, random: countingRandom() };
    const lines = (await runChecks(config, needs, deadlineMs)).map(toText);
    const secrets = Object.entries(env).filter(([name]) => /KEY|TOKEN|SECRET|SMTP_URL/.test(name));
    const held = secrets.flatMap(([, value]) => [value, value.slice(6)]).filter(({ length }) => length > 6);
    for (const line of lines) for (const secret of held) assert.ok(!line.includes(secret), 'no secret is told');
    return lines;
  }
  return patient;
}
