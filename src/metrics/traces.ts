import { diag, DiagLogLevel, ROOT_CONTEXT, SpanKind, SpanStatusCode, trace, type Tracer } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BasicTracerProvider, BatchSpanProcessor } from '@opentelemetry/sdk-trace-base';
import type { EndedTurn, Events } from '../domain/events.ts';
import type { Log } from '../domain/ports.ts';
import type { WorkFacts } from '../domain/work.ts';

/** Traces on their way. */
export interface Traces {
  /** Resolves when those that ended are sent, or could not be. */
  stop(): Promise<void>;
}

const fine: readonly (string | undefined)[] = [undefined, 'ok', 'answered'];
/** For so long a stop waits for the collector. */
const exportMs = 2_000;

/** Sends a span for each turn, with one for each part of it, to the OTLP collector at `endpoint`. */
export function createTraces(
  endpoint: string,
  { events, log }: { readonly events: Events; readonly log: Log },
): Traces {
  const silent = { warn: () => undefined, info: () => undefined, debug: () => undefined, verbose: () => undefined };
  const error = (message: string) => log.warn({ why: message.slice(0, 300) }, 'traces were not sent');
  diag.setLogger({ ...silent, error }, { logLevel: DiagLogLevel.ERROR, suppressOverrideMessage: true });
  const exporter = new OTLPTraceExporter({ url: `${endpoint}/v1/traces`, timeoutMillis: exportMs });
  const provider = new BasicTracerProvider({
    resource: resourceFromAttributes({ 'service.name': 'latchkey' }),
    spanProcessors: [new BatchSpanProcessor(exporter, { exportTimeoutMillis: exportMs })],
  });
  const tracer = provider.getTracer('latchkey');
  events.on('turn-ended', (turn) => traceTurn(tracer, turn));
  return {
    stop: () => provider.shutdown().catch((cause: unknown) => log.warn({ err: cause }, 'traces were not sent')),
  };
}

/** The times were taken as it happened, so that the turn itself waits for nothing. */
function traceTurn(tracer: Tracer, { request, conversation, facts, parts, from, to }: EndedTurn): void {
  const ids = { ...(conversation !== null && { conversation }), ...(request !== null && { request }) };
  const turn = span('turn', { ...facts, ...ids }, { from, to });
  const inTurn = trace.setSpan(ROOT_CONTEXT, turn);
  for (const part of parts) span(part.kind, part.facts, part, inTurn);

  function span(name: string, about: WorkFacts, times: Pick<EndedTurn, 'from' | 'to'>, within = ROOT_CONTEXT) {
    const at = (ms: number) => performance.timeOrigin + ms;
    const attributes = Object.fromEntries(Object.entries(about).map(([key, value]) => [`latchkey.${key}`, value]));
    const made = tracer.startSpan(name, { attributes, startTime: at(times.from), kind: SpanKind.INTERNAL }, within);
    if (!fine.includes(about.result)) made.setStatus({ code: SpanStatusCode.ERROR });
    made.end(at(times.to));
    return made;
  }
}
