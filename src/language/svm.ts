import { createShuffle } from './shuffle.ts';
import { learnTelling } from './telling.ts';
import type { Rows, Targets } from './training-rows.ts';

/** One weight for each column and label, column by column, then one bias for each label. */
export interface Weights {
  readonly weights: Float32Array;
  readonly biases: Float32Array;
}

/** Price of a training text on the wrong side of its border: of a label's own texts, and of all others. */
const OWN_COST = 4;
const OTHER_COST = 2;
/** Fewer leave some examples on the wrong side; more gain nothing on texts that were held out. */
const EPOCHS = 8;
/** Done when no step of an epoch was larger. */
const TOLERANCE = 0.05;
/** What is learned is the mean over so many moments of the last epochs: at each the borders lean to the texts just seen. */
const AVERAGED_EPOCHS = 2;
const MOMENTS = 8;

/**
 * One-vs-rest linear SVM with squared hinge loss, by dual coordinate descent (Hsieh et al. 2008), all labels in one
 * sweep. What tells a label from the others may weigh more for it (Wang and Manning 2012). The same input gives the same
 * weights.
 */
export function trainSvm(rows: Rows, targets: Targets, columns: number): Weights {
  const state = createState(rows, targets, columns);
  const sum = { weights: new Float32Array(state.weights.length), biases: new Float32Array(targets.labels) };
  const order = Int32Array.from(targets.intentOf.keys());
  const shuffle = createShuffle(1);
  const between = Math.ceil(order.length / MOMENTS);
  let moments = 0;
  for (let epoch = 0; epoch < EPOCHS; epoch += 1) {
    shuffle(order);
    let largest = 0;
    for (const [at, row] of order.entries()) {
      largest = Math.max(largest, visit(rows, row, targets, state));
      if (epoch < EPOCHS - AVERAGED_EPOCHS || at % between > 0) continue;
      moments += 1;
      addTo(sum.weights, state.weights);
      addTo(sum.biases, state.biases);
    }
    if (largest < TOLERANCE) return state;
  }
  const mean = (total: number) => total / moments;
  return { weights: sum.weights.map(mean), biases: sum.biases.map(mean) };
}

function addTo(sum: Float32Array, values: Float32Array): void {
  for (let at = 0; at < sum.length; at += 1) sum[at] = (sum[at] ?? 0) + (values[at] ?? 0);
}

interface State extends Weights {
  readonly labels: number;
  /** The square of how much each column counts for each label. */
  readonly telling: Float32Array;
  readonly alphas: Float32Array;
  readonly scores: Float64Array;
  readonly squares: Float64Array;
  readonly moved: Int32Array;
  readonly steps: Float64Array;
}

function createState(rows: Rows, targets: Targets, columns: number): State {
  const { labels, intentOf } = targets;
  return {
    labels,
    telling: learnTelling(rows, targets, columns).map((factor) => factor * factor),
    weights: new Float32Array(columns * labels),
    biases: new Float32Array(labels),
    alphas: new Float32Array(intentOf.length * labels),
    scores: new Float64Array(labels),
    squares: new Float64Array(labels),
    moved: new Int32Array(labels),
    steps: new Float64Array(labels),
  };
}

/** Moves every label's border as far as `row` asks for; returns the largest step. */
function visit(rows: Rows, row: number, { intentOf, kindOf }: Targets, state: State): number {
  const { labels, alphas, scores, squares, moved, steps, biases } = state;
  measure(rows, row, state);
  const [intent, kind] = [intentOf[row], kindOf[row]];
  let count = 0;
  let largest = 0;
  for (let label = 0; label < labels; label += 1) {
    const own = intent === label || kind === label;
    const sign = own ? 1 : -1;
    const softness = own ? 0.5 / OWN_COST : 0.5 / OTHER_COST;
    const alpha = alphas[row * labels + label] ?? 0;
    const gradient = sign * (scores[label] ?? 0) - 1 + softness * alpha;
    if (gradient >= 0 && alpha === 0) continue;
    const next = Math.max(alpha - gradient / ((squares[label] ?? 0) + softness), 0);
    const step = sign * (next - alpha);
    alphas[row * labels + label] = next;
    biases[label] = (biases[label] ?? 0) + step;
    steps[count] = step;
    moved[count] = label;
    count += 1;
    largest = Math.max(largest, Math.abs(step));
  }
  if (count > 0) move(rows, row, state, count);
  return largest;
}

/** Fills `scores`, and `squares`: the row's squared length as each label sees it, the bias's constant feature included. */
function measure({ starts, columns, values }: Rows, row: number, state: State): void {
  const { labels, telling, scores, squares, weights, biases } = state;
  const to = starts[row + 1] ?? 0;
  scores.set(biases);
  squares.fill(1);
  for (let at = starts[row] ?? 0; at < to; at += 1) {
    const base = (columns[at] ?? 0) * labels;
    const value = values[at] ?? 0;
    const square = value * value;
    for (let label = 0; label < labels; label += 1) {
      scores[label] = (scores[label] ?? 0) + value * (weights[base + label] ?? 0);
      squares[label] = (squares[label] ?? 0) + square * (telling[base + label] ?? 0);
    }
  }
}

function move(
  { starts, columns, values }: Rows,
  row: number,
  { labels, telling, weights, moved, steps }: State,
  count: number,
): void {
  const to = starts[row + 1] ?? 0;
  for (let entry = starts[row] ?? 0; entry < to; entry += 1) {
    const base = (columns[entry] ?? 0) * labels;
    const value = values[entry] ?? 0;
    for (let at = 0; at < count; at += 1) {
      const index = base + (moved[at] ?? 0);
      weights[index] = (weights[index] ?? 0) + value * (telling[index] ?? 0) * (steps[at] ?? 0);
    }
  }
}
