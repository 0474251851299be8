import { Counter, Histogram, type Registry } from 'prom-client';
import type { EndedTurn, Events } from '../domain/events.ts';
import type { WorkPart } from '../domain/work.ts';
import { slugOf } from './slug.ts';

/** In seconds: an account may take 2.5 s, and a desk is not waited for. */
const buckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** Counts turns as they end: what was heard and told, and what they waited for. */
export function meterTurns(registry: Registry, events: Events): void {
  const registers = [registry];
  const counter = <L extends string>(name: string, help: string, ...labelNames: L[]) =>
    new Counter({ name, help, labelNames, registers });
  const turns = counter('latchkey_turns_total', 'Turns that ended, by how', 'result');
  const intents = counter(
    'latchkey_intents_total',
    'Messages by what was heard, and whether it was acted on, asked about or not understood',
    ...(['intent', 'certainty'] as const),
  );
  const causes = counter(
    'latchkey_causes_total',
    'Verdicts by the cause that was told; none: none was proved',
    'cause',
  );
  const outcomes = counter('latchkey_outcomes_total', 'Outcomes that complaints reached, each time', 'outcome');
  const reads = counter('latchkey_account_reads_total', 'Readings of accounts, by how they ended', 'source', 'result');
  const histogram = <L extends string>(name: string, help: string, ...labelNames: L[]) =>
    new Histogram({ name, help, labelNames, buckets, registers });
  const turnTime = histogram(
    'latchkey_turn_seconds',
    'How long a turn takes, from the stored message to the stored reply',
  );
  const readTime = histogram('latchkey_account_read_seconds', 'How long reading an account takes', 'source');
  const hearTime = histogram('latchkey_recognition_seconds', 'How long understanding a message takes');
  const storeTime = histogram(
    'latchkey_store_seconds',
    'How long the store takes for a turn: to read, to commit',
    'operation',
  );

  function meterPart({ kind, facts, from, to }: WorkPart): void {
    const seconds = (to - from) / 1_000;
    const source = slugOf(facts.source ?? '');
    if (kind === 'store-read' || kind === 'store-commit') storeTime.observe({ operation: kind.slice(6) }, seconds);
    else if (kind === 'recognition') hearTime.observe(seconds);
    else {
      readTime.observe({ source }, seconds);
      reads.inc({ source, result: slugOf(facts.result ?? '') });
    }
  }

  events.on('turn-ended', ({ facts, parts, from, to }: EndedTurn) => {
    const { result = 'elsewhere', intent, certainty, cause, outcome } = facts;
    turns.inc({ result: slugOf(result) });
    turnTime.observe((to - from) / 1_000);
    if (intent !== undefined && certainty !== undefined) intents.inc({ intent: slugOf(intent), certainty });
    if (cause !== undefined) causes.inc({ cause: slugOf(cause) });
    if (outcome !== undefined) outcomes.inc({ outcome: slugOf(outcome) });
    parts.forEach(meterPart);
  });
}
