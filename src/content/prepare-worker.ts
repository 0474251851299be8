import { parentPort, workerData } from 'node:worker_threads';
import { SupportError } from '../domain/errors.ts';
import { loadModel } from '../language/model-file.ts';
import { checkedContent } from './checked.ts';

/** Where the words are, ours first, and where what is made of them is kept. */
export interface Preparing {
  readonly folders: readonly string[];
  readonly dataDir: string;
}

/** Under which name the words are kept, or what is wrong with them. */
export type Prepared = { readonly name: string } | { readonly errors: string };

parentPort?.postMessage(prepare(workerData as Preparing));

function prepare({ folders, dataDir }: Preparing): Prepared {
  try {
    const { content, name } = checkedContent(folders, dataDir);
    loadModel(content.intents, dataDir);
    return { name };
  } catch (error) {
    if (error instanceof SupportError && error.code === 'content-invalid') return { errors: error.message };
    throw error;
  }
}
