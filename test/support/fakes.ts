import { hash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { HandleClaim } from '../../src/domain/ticket-feed.ts';
import type { IntentExamples } from '../../src/domain/content.ts';
import type { Clock, Log, Random } from '../../src/domain/ports.ts';
import { readLayers } from '../../src/knowledge/layers.ts';
import { loadContent } from '../../src/knowledge/load.ts';
import { contentFolder } from '../../src/config.ts';
import type { Model } from '../../src/language/model.ts';
import { readModel, saveModel } from '../../src/language/model-file.ts';
import { createRecognizer } from '../../src/language/recognizer.ts';
import { trainModel } from '../../src/language/train-model.ts';
import type { Recognizer } from '../../src/domain/ports.ts';

/** A clock that moves only when told to. Starts on 22 November 2026, 10:12 UTC. */
export function fakeClock(start = Date.UTC(2026, 10, 22, 10, 12)): Clock & { forward(ms: number): void } {
  let now = start;
  return {
    now: () => now,
    forward(ms) {
      now += ms;
    },
  };
}

/** Ids that differ, and are the same in every run. */
export function countingRandom(): Random {
  let count = 0;
  return {
    id(length) {
      count += 1;
      return hash('sha512', String(count), 'base64url').slice(0, length);
    },
  };
}

export interface LogLine {
  readonly level: string;
  readonly fields: object;
  readonly message: string;
}

/** For channels without a ticket feed. */
export const nobodyClaims: HandleClaim = () => Promise.resolve({ summary: null, tell: null });

/** A log that keeps its lines. */
export interface KeptLog extends Log {
  readonly lines: LogLine[];
}

/** An empty log. */
export function keptLog(): KeptLog {
  const lines: LogLine[] = [];
  const at = (level: string) => (fields: object, message: string) => void lines.push({ level, fields, message });
  return { lines, info: at('info'), warn: at('warn'), error: at('error') };
}

/** The real content. */
export const { content } = loadContent(readLayers([contentFolder]));

let model: Model | undefined;
/** The model of the real content. */
export function trainedModel(): Model {
  return (model ??= keptModel(content.intents));
}

/** The model of these intents, trained once for all tests, and kept for as long as neither they nor their training change. */
export function keptModel(intents: readonly IntentExamples[]): Model {
  const training = resolve(import.meta.dirname, '../../src/language');
  const sources = readdirSync(training, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
  const code = sources.sort().map((file) => readFileSync(join(training, file), 'utf8'));
  const of = hash('sha256', JSON.stringify([code, intents]));
  const file = resolve(import.meta.dirname, '../../node_modules/.cache/latchkey', `recognizer-${of.slice(0, 16)}.bin`);
  return readModel(file) ?? saveModel(file, trainModel(intents));
}

let trained: Recognizer | undefined;
/** The real recognizer. */
export function recognizer(): Recognizer {
  return (trained ??= createRecognizer({
    model: trainedModel(),
    catalog: content.catalog,
    languages: content.languages,
  }));
}
