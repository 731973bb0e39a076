import { InMemorySpanExporter, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-node';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { errorFacts, loggable } from './redaction.ts';
import { createTelemetry } from './telemetry.ts';

const withCode = (message: string, code: string): Error =>
  Object.assign(new Error(message), { code });

describe('what may be logged', () => {
  it('is only what is on the list', () => {
    expect(loggable({ operation: 'op.x', name: '佐藤', dateOfBirth: '1960-01-01' })).toEqual({
      operation: 'op.x',
    });
  });

  it('never has a field that nobody put there, whatever it is called', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.constant('canary')), (fields) => {
        for (const key of Object.keys(loggable(fields))) expect(key).toMatch(/^[a-zA-Z]+$/);
      }),
    );
  });

  it.each([
    ['a database that quotes a value', withCode('invalid input: "佐藤"', '22P02')],
    ['a key that is there already', withCode('Key (name)=(佐藤) exists', '23505')],
    ['Prisma', withCode('佐藤', 'P2002')],
    ['a parser', Object.assign(new Error('佐藤'), { name: 'ZodError' })],
  ])('leaves out the words of %s', (_what, error) => {
    const facts = errorFacts(error);
    expect(facts['message']).toBe('(withheld)');
    expect(JSON.stringify(facts)).not.toContain('佐藤');
  });

  it('keeps the words of a fault that carries no value', () => {
    expect(errorFacts(withCode('connection refused', 'ECONNREFUSED'))).toMatchObject({
      code: 'ECONNREFUSED',
      message: 'connection refused',
    });
  });
});

describe('a log line', () => {
  it('is one JSON object with service, level, time and the allowed fields', () => {
    const lines: string[] = [];
    const { log } = createTelemetry({
      service: 'x',
      destination: { write: (line) => void lines.push(line) },
    });
    log.warn({ code: 'slot_full', residentName: '佐藤' }, 'refused');
    log.debug({ code: 'below the level' }, 'not written');
    expect(lines).toHaveLength(1);
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({
      service: 'x',
      code: 'slot_full',
      msg: 'refused',
    });
    expect(lines[0]).not.toContain('佐藤');
  });
});

describe('spans', () => {
  it('join the trace of the caller, across services of one process', async () => {
    const exporter = new InMemorySpanExporter();
    const make = (service: string) =>
      createTelemetry({ service, spanProcessors: [new SimpleSpanProcessor(exporter)] });
    const [one, other] = [make('one'), make('other')];
    await one.span('outer', {}, async () => {
      const parent = one.traceparent();
      await other.span('inner', { kind: 'server', parent }, async () => undefined);
    });
    const [inner, outer] = exporter.getFinishedSpans();
    expect(inner?.parentSpanContext?.spanId).toBe(outer?.spanContext().spanId);
    expect(inner?.spanContext().traceId).toBe(outer?.spanContext().traceId);
  });

  it('are marked by a fault, which goes on', async () => {
    const exporter = new InMemorySpanExporter();
    const telemetry = createTelemetry({
      service: 'x',
      spanProcessors: [new SimpleSpanProcessor(exporter)],
    });
    const fault = new Error('no');
    await expect(telemetry.span('work', {}, () => Promise.reject(fault))).rejects.toBe(fault);
    expect(exporter.getFinishedSpans()[0]?.status.code).toBe(2);
  });

  it('are known to go nowhere without a collector', () => {
    expect(createTelemetry({ service: 'x' }).traced).toBe(false);
    expect(createTelemetry({ service: 'x', otlpEndpoint: 'http://localhost:1' }).traced).toBe(true);
  });
});
