import { context, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import type { Tracer } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BatchSpanProcessor, NodeTracerProvider } from '@opentelemetry/sdk-trace-node';
import type { SpanProcessor } from '@opentelemetry/sdk-trace-node';
import pino from 'pino';
import { collectDefaultMetrics, Registry } from 'prom-client';
import { loggable } from './redaction.ts';

/** Writes one JSON line; fields outside the allow-list are dropped. ERROR means: a person must act now. */
export type Log = Record<
  'debug' | 'info' | 'warn' | 'error',
  (fields: Record<string, unknown>, message: string) => void
>;

export type SpanOptions = {
  kind?: 'server' | 'client' | 'internal' | 'producer' | 'consumer';
  /** W3C traceparent of the caller. */
  parent?: string | undefined;
  attributes?: Record<string, string | number | boolean>;
};

export type Telemetry = {
  readonly log: Log;
  readonly metrics: Registry;
  /** Whether spans go anywhere; what makes many of them asks first. */
  readonly traced: boolean;
  /** Runs work inside a span; an error marks the span and is thrown on. */
  span<T>(name: string, options: SpanOptions, work: () => Promise<T>): Promise<T>;
  /** W3C traceparent of the running span, to send along. */
  traceparent: () => string | undefined;
  shutdown(): Promise<void>;
};

export type TelemetryOptions = {
  service: string;
  level?: string;
  /** Base URL of an OTLP/HTTP collector; without it spans are made for propagation only. */
  otlpEndpoint?: string | undefined;
  /** Further processors; tests use one that keeps spans in memory. */
  spanProcessors?: SpanProcessor[];
  destination?: pino.DestinationStream;
};

const KINDS = {
  server: SpanKind.SERVER,
  client: SpanKind.CLIENT,
  internal: SpanKind.INTERNAL,
  producer: SpanKind.PRODUCER,
  consumer: SpanKind.CONSUMER,
} as const;

const propagator = new W3CTraceContextPropagator();
const setter = {
  set: (carrier: Map<string, string>, key: string, value: string) => carrier.set(key, value),
};
const getter = {
  keys: (carrier: Map<string, string>) => [...carrier.keys()],
  get: (carrier: Map<string, string>, key: string) => carrier.get(key),
};

function logTo(options: TelemetryOptions): Log {
  const settings = {
    level: options.level ?? 'info',
    base: { service: options.service },
    timestamp: pino.stdTimeFunctions.isoTime,
  };
  const logger = options.destination ? pino(settings, options.destination) : pino(settings);
  const at =
    (level: keyof Log) =>
    (fields: Record<string, unknown>, message: string): void =>
      logger[level](loggable(fields), message);
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
}

function tracerOf(options: TelemetryOptions): { tracer: Tracer; provider: NodeTracerProvider } {
  // The async context is the process's, whichever service comes first; setting it twice is refused.
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  const exporters = options.otlpEndpoint
    ? [new BatchSpanProcessor(new OTLPTraceExporter({ url: `${options.otlpEndpoint}/v1/traces` }))]
    : [];
  const provider = new NodeTracerProvider({
    resource: resourceFromAttributes({ 'service.name': `madoguchi-${options.service}` }),
    spanProcessors: [...exporters, ...(options.spanProcessors ?? [])],
  });
  return { tracer: provider.getTracer('madoguchi'), provider };
}

/** Logs, traces and metrics of one service. Holds no process-wide state but the async context. */
export function createTelemetry(options: TelemetryOptions): Telemetry {
  const { tracer, provider } = tracerOf(options);
  const metrics = new Registry();
  metrics.setDefaultLabels({ service: options.service });
  collectDefaultMetrics({ register: metrics });
  return {
    log: logTo(options),
    metrics,
    traced: options.otlpEndpoint !== undefined || (options.spanProcessors ?? []).length > 0,
    async span(name, { kind = 'internal', parent, attributes = {} }, work) {
      const from = parent
        ? propagator.extract(context.active(), new Map([['traceparent', parent]]), getter)
        : context.active();
      const span = tracer.startSpan(name, { kind: KINDS[kind], attributes }, from);
      try {
        return await context.with(trace.setSpan(from, span), work);
      } catch (error) {
        span.setStatus({ code: SpanStatusCode.ERROR });
        throw error;
      } finally {
        span.end();
      }
    },
    traceparent() {
      const carrier = new Map<string, string>();
      propagator.inject(context.active(), carrier, setter);
      return carrier.get('traceparent');
    },
    shutdown: () => provider.shutdown().catch(() => undefined),
  };
}
