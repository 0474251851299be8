import { modelFile, saveModel } from '../../../src/language/model-file.ts';
import { content, trainedModel } from '../../support/fakes.ts';
import { startChild, type Child } from '../child.ts';
import { openTalk } from '../direct-line.ts';
import { someoneNew } from '../people.ts';
import { remove, temporaryFolder } from '../folders.ts';
import { startAccountApi } from './far-end.ts';
import type { Contestant } from './index.ts';

/** How this one differs. */
interface Differs {
  readonly name?: string;
  /** Its data; a new folder unless told. */
  readonly folder?: string;
  /** Besides ours. */
  readonly articles?: string;
  /** The PostgreSQL in which it is stored; a file unless told. */
  readonly databaseUrl?: string;
  /** How long its account API takes. */
  readonly delays?: { readonly ms: number };
}

/** Latchkey, in whose data folder a test may look. */
export interface Latchkey extends Contestant {
  readonly folder: string;
  readonly child: Child;
}

/** Latchkey, with all that `npm start` has but limits. What is stored is gone when it stops. */
export async function startLatchkey(differs: Differs = {}): Promise<Latchkey> {
  const {
    name = 'Latchkey',
    folder = temporaryFolder(),
    articles = '',
    delays = { ms: 0 },
    databaseUrl = '',
  } = differs;
  // As after a first start: what is measured is no learning of words.
  saveModel(modelFile(content.intents, folder), trainedModel());
  const accountApi = await startAccountApi(delays);
  const child = await startChild('contestants/latchkey-server.ts', [folder, accountApi.url, articles, databaseUrl]);
  return {
    ...{ name, folder, child },
    async open(count) {
      const talks = [];
      for (let i = 0; i < count; i += 1) talks.push(await openTalk(child.port, await someoneNew()));
      return talks;
    },
    cpuMs: () => child.ask('cpu'),
    async stop() {
      await child.stop();
      accountApi.stop();
      remove(folder);
    },
  };
}
