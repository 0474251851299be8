import { parentPort, workerData } from 'node:worker_threads';
import { SupportError } from '../domain/errors.ts';
import { loadModel } from '../language/model-file.ts';
import { checkedContent } from './checked.ts';
import type { Prepared, Preparing } from './prepare.ts';

const { folders, dataDir } = workerData as Preparing;
const tell = (prepared: Prepared) => parentPort?.postMessage(prepared);

try {
  const { content, name } = await checkedContent(folders, dataDir);
  tell({ name });
  loadModel(content.intents, dataDir);
} catch (error) {
  if (!(error instanceof SupportError) || error.code !== 'content-invalid') throw error;
  tell({ errors: error.message });
}
