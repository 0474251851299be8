/** What loading a model file costs: `load.ts FILE`, in a process that never trained, and what hearing costs then. */
import { readFileSync } from 'node:fs';
import { deserialize } from '../../../src/language/serialize.ts';
import { coreOf, readIntents } from '../../language/content.ts';
import { createClassifier } from '../../../src/language/classifier.ts';
import { quantile } from './numbers.ts';
import { recognizeCompound } from '../../../src/language/compound-utterance.ts';

const intents = readIntents();
const texts = intents.flatMap(({ utterances }) => utterances);
const bytes = readFileSync(process.argv[2] ?? '');
const rss = process.memoryUsage.rss();
const before = performance.now();
const model = deserialize(bytes);
if (!model) throw new Error('no model');
const core = coreOf(intents, model);
const classify = createClassifier(model);
const load = performance.now() - before;
const times: number[] = [];
for (const text of texts) {
  const start = performance.now();
  recognizeCompound(core(text), core, classify);
  times.push(performance.now() - start);
}
const [p50, p99] = [quantile(times, 0.5).toFixed(3), quantile(times, 0.99).toFixed(3)];
const added = ((process.memoryUsage.rss() - rss) / 1e6).toFixed(0);
process.stdout.write(`load ${load.toFixed(0)} ms, p50 ${p50} ms, p99 ${p99} ms, RSS +${added} MB`);
