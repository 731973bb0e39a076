import { randomUUID } from 'node:crypto';
import type { Server } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { addDays, tokyoDate } from '@madoguchi/kernel';
import { createTelemetry } from '@madoguchi/telemetry';
import { eventually } from '@madoguchi/testing/test-world';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ALL_SERVICES } from '../start/services.ts';
import type { Caller, City } from './city.fixture.ts';
import { startCity } from './city.fixture.ts';
import { OperatorClient } from './operator-client.fixture.ts';

/** A span as the OTLP/HTTP JSON encoding has it. */
type Span = {
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  name: string;
  kind: number;
  service: string;
  attributes: { key: string; value: { stringValue?: string } }[];
};
type Export = {
  resourceSpans: {
    resource: { attributes: Span['attributes'] };
    scopeSpans: { spans: Omit<Span, 'service'>[] }[];
  }[];
};

const CALLERS = `NOT r.protected AND r.removal_date IS NULL AND cardinality(r.telephones) > 0`;
const tomorrow = addDays(tokyoDate(new Date()), 1);
const spans: Span[] = [];
const exported: string[] = [];
const logged: string[] = [];
const measured: string[] = [];
/** Subjects and headers, of operations, events, audit and signals. */
const addressed: string[] = [];
let collector: Server;
let city: City;
let caller: Caller;
let confirmationNumber: string;
let stopped = false;

/** A collector that takes OTLP over HTTP in JSON and keeps what it is sent. */
async function startCollector(): Promise<string> {
  collector = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (text: string) => (body += text));
    request.on('end', () => {
      exported.push(body);
      for (const { resource, scopeSpans } of (JSON.parse(body) as Export).resourceSpans) {
        const service =
          resource.attributes.find(({ key }) => key === 'service.name')?.value.stringValue ?? '';
        for (const scope of scopeSpans)
          spans.push(...scope.spans.map((span) => ({ ...span, service })));
      }
      response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
    });
  });
  await new Promise<void>((resolve) => void collector.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(collector.address() as AddressInfo).port}`;
}

/** A header as it can be read by who overhears it: of a signed token, also what it says inside. */
function readable(value: string): string {
  const [, body] = value.split('.');
  return body === undefined ? value : `${value} ${Buffer.from(body, 'base64url').toString()}`;
}

/** One call, with a wrong try first, a booking, a reissue and its end. */
async function liveThroughTheMainJob(): Promise<void> {
  const operator = new OperatorClient(city.origin);
  await operator.signIn(city.person('operator1'));
  await operator.follow();
  await eventually(
    'the desk is known',
    async () => (await city.world.sql('calls', 'SELECT 1 FROM desk_session')).length === 1,
  );
  const callId = randomUUID();
  const from = caller.telephone;
  await city.telephone({ event: 'newCall', from, to: '予約', direction: 'in', callId });
  await city.telephone({ event: 'answer', callId, answeringNumber: '201' });
  await eventually(
    'the call is on the desk',
    async () => operator.document.case?.telephoneState === 'talking',
  );
  const { nameKana: name, dateOfBirth, address } = caller;
  const wrong = { name, dateOfBirth: '1931-02-03', address };
  await operator.post('/case/verify', { purpose: 'reservation', items: wrong });
  const items = { name, dateOfBirth, address };
  await operator.post('/case/verify', { purpose: 'reservation', items });
  const residentId = caller.id;
  const search = { residentId, doseNumber: 1, from: tomorrow, to: addDays(tomorrow, 5) };
  const found = await operator.send('POST', '/slots/search', search);
  const [slot] = found.body['slots'] as { slotId: string }[];
  const booking = { residentId, doseNumber: 1, slotId: slot?.slotId };
  const booked = await operator.post('/reservations', booking);
  confirmationNumber = String(booked.body['confirmationNumber']);
  expect(booked.status).toBe(200);
  await operator.post('/case/verify', { purpose: 'reissue', items });
  await eventually(
    'the ticket is on the screen',
    async () => operator.document.verified?.tickets.state === 'ready',
  );
  const part = operator.document.verified?.tickets;
  const ticketId = part?.state === 'ready' ? part.value[0]?.ticketId : undefined;
  const reissue = { residentId, ticketId, reason: 'lost-or-damaged' };
  expect(await operator.post('/tickets/reissue', reissue)).toMatchObject({ status: 200 });
  const { caseId } = operator.document.case ?? {};
  await operator.post('/case/close', { caseId, afterCallCode: 'booked' });
  await eventually('the desk is clear', async () => operator.document.case === undefined);
  operator.leave();
}

const stop = async (): Promise<void> => {
  if (!stopped) await city.world.stop();
  stopped = true;
};

beforeAll(async () => {
  const otlpEndpoint = await startCollector();
  city = await startCity({
    telemetryOf: (service) =>
      createTelemetry({
        service,
        otlpEndpoint,
        level: 'debug',
        destination: { write: (line) => void logged.push(line) },
      }),
  });
  caller = (await city.callers(CALLERS))[0] as Caller;
  city.world.connection.nats.subscribe('>', {
    callback: (_error, message) => {
      const headers = (message.headers?.keys() ?? []).flatMap((key) =>
        (message.headers?.values(key) ?? []).map((value) => `${key}: ${readable(value)}`),
      );
      addressed.push([message.subject, message.reply ?? '', ...headers].join('\n'));
    },
  });
  await liveThroughTheMainJob();
  for (const { name } of ALL_SERVICES)
    measured.push(await city.runtimeOf(name).telemetry.metrics.metrics());
  // Stopping sends what is left of spans and of the outbox.
  await stop();
});
afterAll(async () => {
  await stop();
  collector.closeAllConnections();
  collector.close();
});

const childOf = (parent: Span, matches: (span: Span) => boolean): Span => {
  const found = spans.find((span) => span.parentSpanId === parent.spanId && matches(span));
  if (!found) throw new Error(`nothing wanted below ${parent.service} ${parent.name}`);
  expect(found.traceId).toBe(parent.traceId);
  return found;
};
const attribute = (span: Span, key: string): string | undefined =>
  span.attributes.find((one) => one.key === key)?.value.stringValue;

describe('one trace', () => {
  it('goes from the request over NATS to the statement that takes the seat', () => {
    const request = spans.find((span) => span.name === 'POST /api/v1/reservations') as Span;
    expect(request).toMatchObject({ service: 'madoguchi-console', kind: 2 });
    const asked = childOf(request, ({ name }) => name === 'op.reservations.book-slot.v1');
    expect(asked).toMatchObject({ service: 'madoguchi-console', kind: 3 });
    const served = childOf(asked, ({ kind }) => kind === 2);
    expect(served.service).toBe('madoguchi-reservations');
    const below = spans.filter(({ traceId }) => traceId === request.traceId);
    const texts = below.map((span) => attribute(span, 'db.query.text') ?? '');
    expect(texts).toContainEqual(expect.stringMatching(/UPDATE slot SET/));
    expect(texts).toContainEqual(expect.stringMatching(/INSERT INTO reservation/));
    // Whatever is of this trace hangs below the request, without a gap.
    const known = new Set(below.map(({ spanId }) => spanId));
    const loose = below.filter((one) => one !== request && !known.has(one.parentSpanId ?? ''));
    expect(loose.map(({ service, name }) => `${service} ${name}`)).toEqual([]);
  });

  it('goes on where the fact is heard: the ticket enters the ledger in the trace of its reissue', () => {
    const request = spans.find((span) => span.name === 'POST /api/v1/tickets/reissue') as Span;
    const heard = spans.filter(
      ({ traceId, kind, service }) =>
        traceId === request.traceId && kind === 5 && service === 'madoguchi-health-records',
    );
    expect(heard.length).toBeGreaterThan(0);
    const written = spans.filter(
      (span) =>
        span.traceId === request.traceId &&
        span.service === 'madoguchi-health-records' &&
        /INSERT INTO ticket_ledger_entry/.test(attribute(span, 'db.query.text') ?? ''),
    );
    expect(written.length).toBeGreaterThan(0);
  });
});

/** What must never be read in a log or a trace of this call, in every notation it travels in. */
const canaries = (): string[] => [
  caller.name,
  caller.nameKana,
  caller.dateOfBirth,
  caller.dateOfBirth.replaceAll('-', ''),
  '1931-02-03',
  caller.address,
  caller.telephone,
  caller.telephone.replaceAll('-', ''),
  caller.ticketNumber,
  confirmationNumber,
];
const leaksIn = (texts: readonly string[]): string[] =>
  canaries().filter((canary) => texts.some((text) => text.includes(canary)));

describe('nobody is named (I8)', () => {
  it('in logs at the most talkative level', () => {
    expect(logged.length).toBeGreaterThan(20);
    expect(leaksIn(logged)).toEqual([]);
  });

  it('in metrics, nor in subjects and headers on NATS', () => {
    expect(measured.join('\n')).toContain('process_cpu');
    expect(leaksIn(measured)).toEqual([]);
    expect(addressed.length).toBeGreaterThan(100);
    expect(addressed.some((text) => text.startsWith('op.reservations.book-slot'))).toBe(true);
    expect(leaksIn(addressed)).toEqual([]);
  });

  it('in traces', () => {
    expect(spans.length).toBeGreaterThan(200);
    expect(leaksIn(exported)).toEqual([]);
  });

  it('and one who was would be found', () => {
    expect(leaksIn([...logged, JSON.stringify({ msg: `booked for ${caller.nameKana}` })])).toEqual([
      caller.nameKana,
    ]);
    expect(leaksIn([...addressed, `live.residents.${caller.ticketNumber}`])).toEqual([
      caller.ticketNumber,
    ]);
    const attributes = [{ key: 'db.query.text', value: { stringValue: caller.telephone } }];
    expect(leaksIn([JSON.stringify({ attributes })])).toContain(caller.telephone);
  });
});
