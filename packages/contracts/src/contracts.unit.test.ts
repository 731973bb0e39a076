import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import {
  classified,
  disclosure,
  EVENTS,
  findFreeSlots,
  OPERATIONS,
  REFUSALS,
  requestFaults,
  SERVICES,
  typedText,
} from './index.ts';

/** Of the shape alone: what is said about it may change. */
const digestOf = (schema: z.ZodType): string => {
  const shape = z.toJSONSchema(schema, {
    unrepresentable: 'any',
    io: 'input',
    override: ({ jsonSchema }) => {
      delete jsonSchema.description;
      delete jsonSchema.examples;
    },
  });
  return createHash('sha256').update(JSON.stringify(shape)).digest('hex').slice(0, 16);
};

const pinned = (): Record<string, string> => ({
  ...Object.fromEntries(
    OPERATIONS.map((o) => [o.subject, `${digestOf(o.request)}.${digestOf(o.reply)}`]),
  ),
  ...Object.fromEntries(EVENTS.map((e) => [e.subject, digestOf(e.payload)])),
});

describe('the catalog', () => {
  it('declares every subject once, under a service that exists', () => {
    const subjects = [...OPERATIONS, ...EVENTS].map((entry) => entry.subject);
    expect(new Set(subjects).size).toBe(subjects.length);
    for (const entry of [...OPERATIONS, ...EVENTS]) expect(SERVICES).toContain(entry.service);
  });

  it('asks every operation that needs a grant which residents it is about', () => {
    const silent = OPERATIONS.filter(
      (o) => o.needs === 'grant' && !o.residentsOf && o.name !== 'renew-grant',
    );
    expect(silent.map((o) => o.subject)).toEqual([]);
  });

  it('refuses unknown members everywhere (mass assignment, B3)', () => {
    for (const operation of OPERATIONS) {
      const schema = z.toJSONSchema(operation.request, { unrepresentable: 'any', io: 'input' });
      expect(schema.additionalProperties, operation.subject).toBe(false);
    }
  });

  it('gives each refusal a client status and a sentence in both languages', () => {
    for (const [code, row] of Object.entries(REFUSALS)) {
      expect(row.status, code).toBeGreaterThanOrEqual(400);
      expect(row.ja, code).toMatch(/[\p{scx=Han}\p{scx=Hira}].*。$/u);
      expect(row.en, code).toMatch(/^[\x20-\x7e]+\.$/);
    }
  });

  it('keeps published shapes as they were published: a change asks for a v2', async () => {
    await expect(`${JSON.stringify(pinned(), null, 2)}\n`).toMatchFileSnapshot(
      '../published-shapes.json',
    );
  });
});

describe('a disclosure', () => {
  it('lets through tagged fields only, each of them optional', () => {
    const view = disclosure({ name: classified('name', z.string()) });
    expect(view.schema.safeParse({ maskedFields: [] }).success).toBe(true);
    expect(view.schema.safeParse({ maskedFields: [], name: '江戸川 花子' }).success).toBe(true);
    expect(view.schema.safeParse({ maskedFields: [], remarks: 'x' }).success).toBe(false);
  });

  it('does not compile with an untagged field', () => {
    // @ts-expect-error a plain schema carries no field class
    expect(() => disclosure({ name: z.string() })).toThrow();
  });
});

describe('what is wrong with a request', () => {
  const faultsOf = (body: unknown): string[] => {
    const parsed = findFreeSlots.request.safeParse(body);
    return parsed.success ? [] : requestFaults(parsed.error.issues);
  };
  const asked = {
    residentId: '01a214fe-692d-70e2-bee5-f0adb6a1e687',
    doseNumber: 1,
    from: '2026-12-01',
    to: '2026-12-24',
  };

  it('is said by member, with what it must be', () => {
    expect(faultsOf({ ...asked, from: undefined, timeFrom: '25:00' })).toEqual([
      'from: is missing',
      'timeFrom: must be a time from 00:00 to 23:59, HH:MM',
    ]);
    expect(faultsOf({ ...asked, to: '2026-11-30' })).toEqual(['to: lies before from']);
    expect(faultsOf({ ...asked, timeFrom: '10:00', timeTo: '10:00' })).toEqual([
      'timeTo: must lie behind timeFrom',
    ]);
  });
  it.each(['昭和64年1月8日', '2026-02-30', '２０２６－１２－０１', '2/30', '😀'])(
    'is said once of %s, and without it',
    (from) => {
      expect(faultsOf({ ...asked, from })).toEqual([
        'from: must be a day of the calendar, YYYY-MM-DD',
      ]);
    },
  );
  it('is no longer than somebody reads', () => {
    const towns = Array.from({ length: 50 }, () => 1);
    expect(faultsOf({ ...asked, towns })).toHaveLength(20);
  });
});

describe('typed text', () => {
  it.each(['\u0000', 'a\ud800', '\u202egnp', 'a\u001b[31m'])('refuses %j', (text) => {
    expect(typedText(100).safeParse(text).success).toBe(false);
  });
  it.each(['髙﨑', '葛󠄀', '𠮷田', '\ue000', '一行目\n二行目'])('keeps %j as it is', (text) => {
    expect(typedText(100).parse(text)).toBe(text);
  });
});
