import { Buffer } from 'node:buffer';
import type { AnyOperation } from '@madoguchi/contracts';
import { addDays, confirmationNumber, newId, tokyoDate } from '@madoguchi/kernel';
import { sampleRequest } from './sample-request.ts';

/** Whom and what a request is about. */
export type Meant = {
  residentId: string;
  /** Of the same grant. */
  others: readonly string[];
  reservationId: string;
  slotId: string;
  venueCode: string;
};

const DOSE = 1;
const day = (ahead: number): string => addDays(tokyoDate(new Date()), ahead);
const membersOf = ({ others }: Meant) =>
  others.slice(0, 2).map((residentId) => ({ residentId, doseNumber: DOSE }));
const QUOTAS = { phone: 1, web: 0, staff: 0, 'walk-in': 0 };
const anyNumber = (): string =>
  confirmationNumber(String(Math.floor(Math.random() * 100_000_000)).padStart(8, '0'));

/**
 * Requests that the shape alone does not make right: exactly one of two, a check digit, a pattern that fits. They
 * come as far as the database, which is what is to be short of connections.
 */
const WRITTEN: Record<string, (meant: Meant) => object> = {
  'book-slot': ({ residentId, slotId }) => ({ residentId, doseNumber: DOSE, slotId }),
  'book-pair': ({ residentId, slotId }) => ({ residentId, slotId }),
  'find-group-slots': (meant) => ({ members: membersOf(meant), from: day(1), to: day(40) }),
  'book-group': (meant) => ({ members: membersOf(meant), slotId: meant.slotId }),
  'book-companion': ({ residentId, reservationId }) => ({
    residentId,
    doseNumber: DOSE,
    besideReservationId: reservationId,
  }),
  'find-reservation': () => ({ confirmationNumber: anyNumber() }),
  'find-visitor': ({ venueCode }) => ({
    venueCode,
    confirmationNumber: anyNumber(),
    dateOfBirth: '1960-01-01',
  }),
  'record-attendance': ({ venueCode }) => ({
    venueCode,
    outcome: 'attended',
    confirmationNumber: anyNumber(),
  }),
  'open-session': ({ venueCode }) => ({
    venueCode,
    day: day(1 + Math.floor(Math.random() * 300)),
    productCode: 'BENCH',
    pattern: { startsAt: '19:00', endsAt: '20:00', capacity: 1, quotas: QUOTAS },
    opensAt: new Date().toISOString(),
  }),
  'import-sessions': () => ({
    fileBase64: Buffer.from(`会場コード\n${newId()}\n`).toString('base64'),
    dryRun: true,
  }),
};

/** A request of an operation: written above, or made from its own shape. */
export function overloadRequest(operation: AnyOperation, meant: Meant): object {
  const written = WRITTEN[operation.name];
  return written
    ? written(meant)
    : (sampleRequest(operation, { ...meant, doseNumber: DOSE }) as object);
}
