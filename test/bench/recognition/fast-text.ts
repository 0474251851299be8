import type { Contestant, Row, Trained } from './contestant.ts';
import { likeliest } from './contestant.ts';
import { loadPeer } from './peers.ts';

interface Predictions {
  size(): number;
  get(at: number): [probability: number, label: string];
  delete(): void;
}

interface Model {
  predict(text: string, count: number, from: number): Predictions;
  saveModel(): { readonly size: number };
}

interface Library {
  readonly getFastTextModule: unknown;
  getFastTextClass(options: { readonly getFastTextModule: unknown }): Promise<
    new () => {
      trainSupervised(url: string, settings: Readonly<Record<string, unknown>>, progress: () => void): Promise<Model>;
    }
  >;
}

const module = 'fasttext.wasm.js';
/** fastText's tutorial for classifying, more epochs for few rows, and fewer buckets (the default ones take 800 MB). */
const settings = { lr: 0.5, dim: 100, wordNgrams: 2, minn: 3, maxn: 5, bucket: 200_000, loss: 'softmax', verbose: 0 };
const epochsOf = (rows: number) => (rows > 5000 ? 40 : 100);

/** fastText, supervised, in WebAssembly. */
export const fastText: Contestant = {
  name: 'fastText',
  ours: false,
  file: import.meta.filename,
  modules: [module],
  train,
};

async function train(rows: readonly Row[]): Promise<Trained> {
  const peer = loadPeer(module) as Library;
  const library = new (await peer.getFastTextClass(peer))();
  const labels = [...new Set(rows.map(({ intent }) => intent))];
  const numbers = new Map(labels.map((label, number) => [label, number]));
  const lines = rows.map(({ text, intent }) => `__label__${numbers.get(intent) ?? ''} ${plain(text)}\n`);
  const url = `data:text/plain;base64,${Buffer.from(lines.join('')).toString('base64')}`;
  const model = await library.trainSupervised(url, { ...settings, epoch: epochsOf(rows.length) }, () => undefined);
  return {
    predict(text) {
      const found = model.predict(plain(text), 1, 0);
      const top = found.size() > 0 ? [found.get(0)] : [];
      found.delete();
      return likeliest(top.map(([probability, label]) => [labels[Number(label.slice(9))] ?? 'other', probability]));
    },
    bytes: () => model.saveModel().size,
  };
}

/** As its tutorial prepares texts: lower case, punctuation apart, on one line. */
function plain(text: string): string {
  return text
    .toLowerCase()
    .replaceAll(/([.!?,'/()])/gu, ' $1 ')
    .replaceAll(/\s+/gu, ' ');
}
