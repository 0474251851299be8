import type { Model } from './model.ts';
import type { Weights } from './svm.ts';

/** Rounds weights to 8 bits, label by label; a label's largest weight becomes 127. */
export function quantize({ weights, biases }: Weights, labels: number): Pick<Model, 'weights' | 'scales' | 'biases'> {
  const scales = new Float32Array(labels);
  for (let at = 0; at < weights.length; at += 1) {
    scales[at % labels] = Math.max(scales[at % labels] ?? 0, Math.abs(weights[at] ?? 0));
  }
  for (let label = 0; label < labels; label += 1) scales[label] = (scales[label] ?? 0) / 127 || 1;
  const rounded = new Int8Array(weights.length);
  for (let at = 0; at < weights.length; at += 1) {
    rounded[at] = Math.round((weights[at] ?? 0) / (scales[at % labels] ?? 1));
  }
  return { weights: rounded, scales, biases };
}
