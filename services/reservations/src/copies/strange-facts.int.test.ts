import type { AnyEventType } from '@madoguchi/contracts';
import * as contract from '@madoguchi/contracts';
import { newId } from '@madoguchi/kernel';
import { createEventKey, DEAD_LETTERS, streamOf } from '@madoguchi/messaging';
import type { EventKey } from '@madoguchi/messaging';
import { eventually } from '@madoguchi/testing/test-world';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ReservationsWorld } from '../store/reservations-world.fixture.ts';
import { reservationsWorld } from '../store/reservations-world.fixture.ts';

let world: ReservationsWorld;
let key: EventKey;
beforeAll(async () => {
  world = await reservationsWorld();
  const { EVENT_KEY = '' } = await world.environmentOf('reservations');
  key = createEventKey(EVENT_KEY);
});
afterAll(() => world.stop());

const HOUR_MS = 3_600_000;
type Told = { eventId?: string; payload: unknown; subject?: string; lateMs?: number };

/** Tells as its owner would, under a message id of its own, so that the stream drops nothing. */
async function tell(type: AnyEventType, told: Told): Promise<string> {
  const { eventId = newId(), payload, lateMs = 0 } = told;
  const sealed = type.encrypted ? { sealed: key.seal(payload, type.subject) } : { open: payload };
  const at = new Date(Date.now() - lateMs).toISOString();
  await world.connection.jetstream.publish(
    told.subject ?? type.subject,
    JSON.stringify({ eventId, aggregateId: newId(), aggregateVersion: 1, at, payload: sealed }),
    { msgID: newId() },
  );
  return eventId;
}

const resident = (residentId: string, version = 1) => ({
  residentId,
  version,
  dateOfBirth: `196${version}-01-01`,
  residency: [{ from: '1960-01-01', to: version % 2 === 0 ? '2030-01-01' : null }],
  refer: version === 3,
});
const residents = (...all: unknown[]) => ({ payload: { residents: all } });
const copyOf = async (residentId: string) =>
  (
    await world.sql('SELECT version::int FROM resident_copy WHERE resident_id = $1', [residentId])
  )[0];
const arrives = (residentId: string, limitMs?: number) =>
  eventually(`the copy of ${residentId}`, () => copyOf(residentId), limitMs);

async function lastLetter(): Promise<{ eventId?: string; tries?: number } | undefined> {
  const manager = await world.connection.manager();
  const letter = await manager.streams.getMessage(DEAD_LETTERS, {
    last_by_subj: `dlq.${contract.residentsChanged.subject}`,
  });
  return letter?.json();
}

async function settled(): Promise<void> {
  const manager = await world.connection.manager();
  await eventually('all facts to be heard', async () => {
    for (const [owner, durable] of [
      ['registry', 'reservations-residents'],
      ['health-records', 'reservations-doses'],
    ] as const) {
      const info = await manager.consumers.info(streamOf(owner), durable);
      if (info.num_pending + info.num_ack_pending > 0) return false;
    }
    return true;
  });
}

describe('a fact that cannot be applied', () => {
  it('F43: goes to the dead letters after its tries, and what follows it is applied', async () => {
    const [poisoned, next] = [newId(), newId()];
    // JSON as it should be, of somebody who was born on no day.
    const poison = await tell(
      contract.residentsChanged,
      residents({ ...resident(poisoned), dateOfBirth: '1960-02-30' }),
    );
    await tell(contract.residentsChanged, residents(resident(next)));
    await arrives(next, 30_000);
    expect(await copyOf(poisoned)).toBeUndefined();
    expect(await lastLetter()).toMatchObject({ eventId: poison, tries: 5 });
    expect(await world.sql('SELECT 1 FROM relay.inbox WHERE event_id = $1', [poison])).toEqual([]);
  }, 60_000);

  it('F44: of a newer kind is not heard; of a newer shape it is put aside, never half applied', async () => {
    const [newer, shaped, next] = [newId(), newId(), newId()];
    const subject = contract.residentsChanged.subject.replace(/\.v1$/u, '.v2');
    expect(subject).toMatch(/\.v2$/u);
    await tell(contract.residentsChanged, { ...residents(resident(newer)), subject });
    const put = await tell(
      contract.residentsChanged,
      residents({ ...resident(shaped), livesAbroad: true }),
    );
    await tell(contract.residentsChanged, residents(resident(next)));
    await arrives(next, 30_000);
    expect(await copyOf(newer)).toBeUndefined();
    expect(await copyOf(shaped)).toBeUndefined();
    expect(await lastLetter()).toMatchObject({ eventId: put });
  }, 60_000);
});

describe('a message that tells of the same twice', () => {
  it('leaves what is newest, in whatever order it tells', async () => {
    const [one, next] = [newId(), newId()];
    await tell(
      contract.residentsChanged,
      residents(resident(one, 2), resident(one, 1), resident(next)),
    );
    await arrives(next, 30_000);
    expect(await copyOf(one)).toEqual({ version: 2 });
    const dose = { doseId: newId(), residentId: one, doseNumber: 1, productCode: 'MDG-XA' };
    const told = [2, 1].map((version) => ({
      ...dose,
      version,
      vaccinationDate: `2026-10-0${version}`,
    }));
    await tell(contract.dosesRecorded, { payload: { doses: told } });
    await eventually('the dose', async () => {
      const kept = 'SELECT version FROM dose_copy WHERE dose_id = $1';
      return (await world.sql(kept, [dose.doseId]))[0]?.['version'] === 2;
    });
  });
});

describe('F5, F45: facts that come twice, in any order and an hour late', () => {
  const people = Array.from({ length: 6 }, newId);
  const doses = people.map(() => newId());
  const VERSIONS = [1, 2, 3, 4];
  const dose = (index: number, version: number) => ({
    doseId: doses[index] ?? '',
    residentId: people[index] ?? '',
    version,
    doseNumber: 1,
    vaccinationDate: `2026-10-0${version}`,
    productCode: 'MDG-XA',
  });
  const checksum = () =>
    world.sql(
      `SELECT (SELECT md5(string_agg(c::text, '' ORDER BY resident_id)) FROM resident_copy c
               WHERE resident_id = ANY($1::uuid[])) AS residents,
        (SELECT md5(string_agg(d::text, '' ORDER BY dose_id)) FROM dose_copy d
               WHERE resident_id = ANY($1::uuid[])) AS doses,
        (SELECT array_agg(DISTINCT version::int) FROM resident_copy WHERE resident_id = ANY($1::uuid[])) AS versions`,
      [people],
    );
  const empty = async () => {
    await world.sql('DELETE FROM resident_copy WHERE resident_id = ANY($1::uuid[])', [people]);
    await world.sql('DELETE FROM dose_copy WHERE resident_id = ANY($1::uuid[])', [people]);
  };
  /** Every fact twice, the second time under the same event id. */
  const tellAll = async (
    order: (facts: (() => Promise<unknown>)[]) => (() => Promise<unknown>)[],
  ) => {
    const facts = people.flatMap((residentId, index) =>
      VERSIONS.flatMap((version) => {
        const [one, other] = [newId(), newId()];
        const late = { lateMs: version % 2 === 0 ? HOUR_MS : 0 };
        const tellBoth = [
          () =>
            tell(contract.residentsChanged, {
              ...residents(resident(residentId, version)),
              ...late,
              eventId: one,
            }),
          () =>
            tell(contract.dosesRecorded, {
              payload: { doses: [dose(index, version)] },
              ...late,
              eventId: other,
            }),
        ];
        return [...tellBoth, ...tellBoth];
      }),
    );
    for (const one of order(facts)) await one();
    await settled();
  };

  it('leave the same copies as in order, once', async () => {
    await tellAll((facts) => facts);
    const expected = await checksum();
    expect(expected).toMatchObject([{ versions: [4] }]);
    const heard = 'SELECT count(*)::int AS events FROM relay.inbox';
    const [before] = await world.sql<{ events: number }>(heard);
    for (const order of [
      (facts: (() => Promise<unknown>)[]) => facts.toReversed(),
      (facts: (() => Promise<unknown>)[]) => facts.toSorted(() => Math.random() - 0.5),
    ]) {
      await empty();
      await tellAll(order);
      expect(await checksum()).toEqual(expected);
    }
    const [after] = await world.sql<{ events: number }>(heard);
    const facts = 2 * people.length * VERSIONS.length;
    expect((after?.events ?? 0) - (before?.events ?? 0)).toBe(2 * facts);
  }, 60_000);
});
