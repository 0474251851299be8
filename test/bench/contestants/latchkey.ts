import { modelFile, saveModel } from '../../../src/language/model-file.ts';
import { content, trainedModel } from '../../support/fakes.ts';
import { startChild, type Child } from '../child.ts';
import { openTalk } from '../direct-line.ts';
import { remove, temporaryFolder } from '../folders.ts';
import { startAccountApi } from './far-end.ts';
import type { Contestant } from './index.ts';

/** How this one differs: its name, its data (a new folder unless told), articles besides ours, how long its account API takes. */
interface Differs {
  readonly name?: string;
  readonly folder?: string;
  readonly articles?: string;
  readonly delays?: { readonly ms: number };
}

/** Latchkey, in whose data folder a test may look. */
export interface Latchkey extends Contestant {
  readonly folder: string;
  readonly child: Child;
}

/** Latchkey on SQLite, with all that `npm start` has but limits. What is stored is gone when it stops. */
export async function startLatchkey(differs: Differs = {}): Promise<Latchkey> {
  const { name = 'Latchkey', folder = temporaryFolder(), articles = '', delays = { ms: 0 } } = differs;
  // As after a first start: what is measured is no learning of words.
  saveModel(modelFile(content.intents, folder), trainedModel());
  const accountApi = await startAccountApi(delays);
  const child = await startChild('contestants/latchkey-server.ts', [folder, accountApi.url, articles]);
  return {
    ...{ name, folder, child },
    async open(count) {
      const talks = [];
      for (let i = 0; i < count; i += 1) talks.push(await openTalk(child.port));
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
