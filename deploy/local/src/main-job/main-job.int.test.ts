import { randomUUID } from 'node:crypto';
import { walkLog } from '@madoguchi/audit/verify-log/verify-log';
import { addDays, tokyoDate } from '@madoguchi/kernel';
import { eventually } from '@madoguchi/testing/test-world';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Caller, City } from './city.fixture.ts';
import { startCity } from './city.fixture.ts';
import { OperatorClient } from './operator-client.fixture.ts';

let city: City;
let operator: OperatorClient;
let other: OperatorClient;
let people: Caller[];
const tomorrow = addDays(tokyoDate(new Date()), 1);
const LOOSE = `NOT r.protected AND r.removal_date IS NULL AND cardinality(r.telephones) > 0`;

/** Everything on NATS that must carry no personal data: subjects, headers, and payloads that stay. */
const overheard: string[] = [];

beforeAll(async () => {
  city = await startCity();
  city.world.connection.nats.subscribe('>', {
    callback: (_error, message) => {
      const headers = (message.headers?.keys() ?? []).map(
        (name) => `${name}: ${message.headers?.values(name).join()}`,
      );
      const stays = /^(ev|live|dlq)\./.test(message.subject);
      overheard.push(`${message.subject} ${headers.join()} ${stays ? message.string() : ''}`);
    },
  });
  people = await city.callers(LOOSE);
  operator = new OperatorClient(city.origin);
  other = new OperatorClient(city.origin);
  await operator.signIn(city.person('operator1'));
  await other.signIn(city.person('operator2'));
  await operator.follow();
  await other.follow();
  await eventually('both desks are known', async () => {
    const rows = await city.world.sql('calls', 'SELECT 1 FROM desk_session');
    return rows.length === 2;
  });
});
afterAll(async () => {
  operator.leave();
  other.leave();
  await city.world.stop();
});

const caller = (index: number): Caller => {
  const found = people[index];
  if (!found) throw new Error('not enough people');
  return found;
};
const callIn = async (from: string, callId = randomUUID()): Promise<string> => {
  await city.telephone({ event: 'newCall', from, to: '予約', direction: 'in', callId });
  await city.telephone({ event: 'answer', callId, answeringNumber: '201' });
  await eventually(
    'the call is on the desk',
    async () => operator.document.case?.telephoneState === 'talking',
  );
  return callId;
};
const close = (code = 'booked') =>
  operator.post('/case/close', { caseId: operator.document.case?.caseId, afterCallCode: code });
const saidBy = (one: Caller) => ({
  name: one.nameKana,
  dateOfBirth: one.dateOfBirth,
  address: one.address,
});

describe('the main job', () => {
  it('shows the call to the operator who answers and to nobody else', async () => {
    await callIn(caller(0).telephone);
    await eventually('the number is looked up', async () => operator.document.numberOnRecord);
    expect(operator.document).toMatchObject({
      case: { kind: 'call', callerNumber: caller(0).telephone, queue: '予約' },
      numberOnRecord: true,
    });
    expect(operator.document.verified).toBeUndefined();
    expect(other.documents.every((document) => document.case === undefined)).toBe(true);
  });

  it('opens the record at the threshold, with every part of the context', async () => {
    const verified = await operator.post('/case/verify', {
      purpose: 'reservation',
      items: saidBy(caller(0)),
    });
    expect(verified).toMatchObject({ status: 200, body: { outcome: 'confirmed' } });
    expect(JSON.stringify(verified.body)).not.toContain('eyJ');
    await eventually(
      'the context is whole',
      async () => operator.document.verified?.earlierCases.state === 'ready',
    );
    expect(operator.document.verified).toMatchObject({
      person: { state: 'ready', value: { name: caller(0).name } },
      reservations: { state: 'ready', value: [] },
      doses: { state: 'ready' },
      tickets: {
        state: 'ready',
        value: [{ ticketNumber: caller(0).ticketNumber, state: 'issued' }],
      },
    });
    expect(JSON.stringify(operator.documents)).not.toContain('eyJ');
  });

  it('finds, holds and books a seat, and the screen follows', async () => {
    const residentId = caller(0).id;
    const found = await operator.send('POST', '/slots/search', {
      residentId,
      doseNumber: 1,
      from: tomorrow,
      to: addDays(tomorrow, 5),
    });
    const [slot] = found.body['slots'] as { slotId: string }[];
    const held = await operator.post('/holds', { residentId, slotId: slot?.slotId, doseNumber: 1 });
    expect(held.status).toBe(200);
    const booked = await operator.post('/reservations', {
      residentId,
      doseNumber: 1,
      holdId: held.body['holdId'],
    });
    expect(booked).toMatchObject({
      status: 200,
      body: { confirmationNumber: expect.stringMatching(/^\d{3}-\d{3}-\d{3}$/) as string },
    });
    await eventually('the booking is on the screen', async () => {
      const part = operator.document.verified?.reservations;
      return part?.state === 'ready' && part.value.length === 1;
    });
  });

  it('reissues the ticket, enters it in the ledger and prints it', async () => {
    await operator.post('/case/verify', { purpose: 'reissue', items: saidBy(caller(0)) });
    const residentId = caller(0).id;
    await eventually(
      'the ticket is on the screen',
      async () => operator.document.verified?.tickets.state === 'ready',
    );
    const part = operator.document.verified?.tickets;
    const ticketId = part?.state === 'ready' ? part.value[0]?.ticketId : undefined;
    const reissued = await operator.post('/tickets/reissue', {
      residentId,
      ticketId,
      reason: 'lost-or-damaged',
    });
    expect(reissued).toMatchObject({
      status: 200,
      body: { voidedTicketNumber: caller(0).ticketNumber },
    });
    await eventually('the ledger has both entries', async () => {
      const ledger = await operator.send('POST', '/tickets/ledger', { residentId });
      const entries = (ledger.body['entries'] ?? []) as { entry: string; ticketNumber: string }[];
      return (
        entries.some((one) => one.entry === 'voided') &&
        entries.some((one) => one.ticketNumber === reissued.body['ticketNumber'])
      );
    });
    const printed = await operator.send('POST', '/tickets/print', {
      residentId,
      ticketId: reissued.body['ticketId'],
    });
    expect(printed.status).toBe(200);
    expect(printed.headers.get('content-type')).toBe('application/pdf');
    expect(String(printed.body['text']).slice(0, 5)).toBe('%PDF-');
  });

  it('ends grants with the case within five seconds', async () => {
    expect(await close('reissued')).toMatchObject({ status: 200 });
    await eventually('the desk is clear', async () => operator.document.case === undefined, 5_000);
    const after = await operator.send('POST', '/slots/search', {
      residentId: caller(0).id,
      doseNumber: 2,
      from: tomorrow,
      to: tomorrow,
    });
    expect(after).toMatchObject({ status: 403, body: { code: 'grant_required' } });
  });

  it('leaves a trail in order, whole, and shows one changed byte', async () => {
    const supervisor = new OperatorClient(city.origin);
    await supervisor.signIn(city.person('supervisor1'));
    const me = city.person('operator1');
    const workers = await supervisor.send('POST', '/workers', {});
    const roster = workers.body['workers'] as { login: string; operatorId: string }[];
    const operatorId = roster.find((one) => one.login === me.login)?.operatorId;
    const wanted = [
      'registry.verify-person',
      'registry.reveal-resident',
      'reservations.book-slot',
      'notices.reissue-ticket',
      'calls.close-case',
    ];
    const entries = await eventually('the trail is complete', async () => {
      const answer = await supervisor.send('POST', '/audit/entries', { operatorId, limit: 200 });
      const list = answer.body['entries'] as {
        operation: string;
        terminalId?: string;
        purpose?: string;
      }[];
      return (
        wanted.every((operation) => list.some((entry) => entry.operation === operation)) && list
      );
    });
    expect(entries.find((entry) => entry.operation === 'registry.reveal-resident')).toMatchObject({
      purpose: 'reservation',
      terminalId: expect.any(String) as string,
    });
    const { DATABASE_URL: url = '' } = await city.world.environmentOf('audit');
    expect(await walkLog(url)).toMatchObject({ whole: true });
    await city.world.sql(
      'audit',
      `UPDATE log_entry SET entry = overlay(entry placing 'X' from 30 for 1) WHERE position = 7`,
    );
    expect(await walkLog(url)).toMatchObject({
      whole: false,
      findings: [{ kind: 'tamper', position: 7 }],
    });
  });

  it('lets the application change nothing of the log (B46)', async () => {
    const { pool } = city.runtimeOf('audit').database;
    await expect(pool.query('DELETE FROM log_entry')).rejects.toThrow(/permission denied/);
    await expect(pool.query(`UPDATE log_entry SET entry = ''`)).rejects.toThrow(
      /permission denied/,
    );
  });
});

describe('what can be overheard (I8)', () => {
  it('names nobody: no name, address, number, birth date or ticket on subjects, headers, events', () => {
    const said = overheard.join('\n');
    expect(overheard.length).toBeGreaterThan(100);
    expect(said).toContain('ev.notices.tickets.voided.v1');
    const { name, nameKana, address, telephone, dateOfBirth, ticketNumber } = caller(0);
    for (const canary of [name, nameKana, address, telephone, dateOfBirth, ticketNumber])
      expect(said).not.toContain(canary);
  });
});

describe('a protected person', () => {
  it('cannot be told from an unknown one, in any answer of three', async () => {
    const hidden = caller(5);
    await city.world.sql(
      'registry',
      `UPDATE resident SET protected = true, restrictions = '{支援措置}' WHERE id = $1`,
      [hidden.id],
    );
    const words: string[][] = [];
    for (const said of [
      saidBy(hidden),
      { name: 'ダレカ シラナイ', dateOfBirth: '1961-02-03', address: '平井1-1-1' },
    ]) {
      await callIn('anonymous');
      const answers: string[] = [];
      for (let turn = 0; turn < 4; turn += 1) {
        const answer = await operator.post('/case/verify', { purpose: 'reservation', items: said });
        answers.push(`${answer.status} ${JSON.stringify(answer.body)}`);
      }
      words.push(answers);
      await close('not-confirmed');
      await eventually('the desk is clear', async () => operator.document.case === undefined);
    }
    expect(words[0]).toEqual(words[1]);
    expect(words[0]?.[2]).toContain('"triesLeft":0');
  });
});

describe('a phone agent', () => {
  const agent = async (path: string, body: unknown, headers: Record<string, string> = {}) => {
    const response = await fetch(`${city.origin}/api/v1/agent${path}`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${city.agentKey}`,
        'content-type': 'application/json',
        'idempotency-key': randomUUID(),
        ...headers,
      },
      body: JSON.stringify(body),
    });
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  };
  const alone = async (): Promise<Caller> => {
    const [found] = await city.callers(
      `${LOOSE} AND (SELECT count(*) FROM resident o WHERE r.telephones[1] = ANY(o.telephones)) = 1 AND r.id <> '${caller(0).id}'`,
    );
    if (!found) throw new Error('nobody');
    return found;
  };

  it('serves a caller by keypad: books, hears, changes, cancels', async () => {
    const one = await alone();
    const callKey = randomUUID();
    await city.telephone({
      event: 'newCall',
      from: one.telephone,
      to: 'IVR',
      direction: 'in',
      callId: callKey,
    });
    const keyed = {
      callKey,
      ticketNumber: one.ticketNumber,
      dateOfBirth: one.dateOfBirth.replaceAll('-', ''),
    };
    const identified = await agent('/identify', keyed);
    expect(identified).toMatchObject({ status: 200, body: { outcome: 'confirmed' } });
    const { session } = identified.body;
    const found = await agent('/slots/search', {
      session,
      doseNumber: 1,
      from: tomorrow,
      to: addDays(tomorrow, 3),
    });
    const [first, second] = found.body['slots'] as { slotId: string }[];
    const booked = await agent('/reservations', { session, doseNumber: 1, slotId: first?.slotId });
    expect(booked.status).toBe(200);
    const { reservationId } = booked.body;
    expect(await agent('/reservations/list', { session })).toMatchObject({
      body: { reservations: [{ reservationId, state: 'booked' }] },
    });
    expect(
      await agent('/reservations/change', { session, reservationId, slotId: second?.slotId }),
    ).toMatchObject({ status: 200 });
    expect(await agent('/reservations/cancel', { session, reservationId })).toMatchObject({
      status: 200,
      body: { state: 'cancelled' },
    });
    expect(await agent('/finish', { session })).toMatchObject({ status: 200 });
    expect(await agent('/reservations/list', { session })).toMatchObject({ status: 403 });
  });

  it('refuses a number that is not on record, a wrong key, and too many tries', async () => {
    const one = await alone();
    const callKey = randomUUID();
    await city.telephone({
      event: 'newCall',
      from: '0312345678',
      to: 'IVR',
      direction: 'in',
      callId: callKey,
    });
    const keyed = {
      callKey,
      ticketNumber: one.ticketNumber,
      dateOfBirth: one.dateOfBirth.replaceAll('-', ''),
    };
    expect(await agent('/identify', keyed)).toMatchObject({
      status: 200,
      body: { outcome: 'not-confirmed' },
    });
    for (const [dateOfBirth, why] of [
      ['20990101', 'lies in the future'],
      ['19640230', 'is no day of the calendar'],
    ])
      expect(await agent('/identify', { ...keyed, dateOfBirth })).toMatchObject({
        status: 400,
        body: { code: 'malformed_request', items: [`dateOfBirth: ${why}`] },
      });
    expect(await agent('/identify', { ...keyed, callKey: 'no-such-call' })).toMatchObject({
      status: 404,
      body: { code: 'call_not_found' },
    });
    expect(
      await agent('/identify', keyed, { authorization: 'Bearer mdg_not-a-key-of-anybody-here' }),
    ).toMatchObject({ status: 401 });
    const answers = await Promise.all(Array.from({ length: 20 }, () => agent('/identify', keyed)));
    expect(answers.some((answer) => answer.status === 429)).toBe(true);
  });

  it('has few guesses at its key, which lock out nobody who had the right one', async () => {
    const body = { session: 'none' };
    const guesses = await Promise.all(
      Array.from({ length: 40 }, (_, n) =>
        agent('/finish', body, { authorization: `Bearer mdg_a-guess-at-somebodys-key-${n}` }),
      ),
    );
    const statuses = guesses.map(({ status }) => status);
    expect(statuses.filter((status) => status === 401).length).toBeLessThanOrEqual(22);
    expect(statuses.filter((status) => status === 429).length).toBeGreaterThanOrEqual(18);
    expect((await agent('/finish', body)).status).not.toBe(401);
  });
});
