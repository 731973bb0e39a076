import type { bookSlot as BookSlot } from '@madoguchi/contracts';
import { signalSubjects } from '@madoguchi/contracts';
import { createGroupCommit } from '@madoguchi/database';
import { refuse } from '@madoguchi/kernel';
import type { Handler } from '@madoguchi/messaging';
import type { Runtime } from '@madoguchi/service';
import { mayBook } from '../domain/purposes.ts';
import type { BookingAnswer, BookingCommand } from './commit-bookings.ts';
import { commitBookings } from './commit-bookings.ts';

/**
 * Bookings of the public: a batch is so small that an operator seldom finds a slot locked by one, which is what
 * their slowest hundredth waited for, and 48 that wait are worth a second one at once.
 */
const OF_PUBLIC = { limit: 32, secondFrom: 48, atOnce: 2 };

/**
 * Whoever serves a caller waits for no batch before theirs while few book; where many do, they gather:
 * in small batches a booking costs much more of the processor.
 */
const OF_STAFF = { limit: 500, secondFrom: 128, few: 8, atOnce: 4 };

/** Books a held seat, or a slot directly; the same command twice is one booking. */
export function bookSlot(runtime: Runtime): Handler<typeof BookSlot> {
  const collect = (pace: { limit: number; secondFrom: number; few?: number; atOnce: number }) =>
    createGroupCommit<BookingCommand, BookingAnswer>({
      ...pace,
      commit: commitBookings(runtime),
      keyOf: ({ who, key }) => `${who.actorId}\n${key}`,
    });
  const [ofStaff, ofPublic] = [collect(OF_STAFF), collect(OF_PUBLIC)];
  return async (request, context) => {
    const { grant, who, idempotencyKey: key = '' } = context;
    if (!grant) return refuse('grant_required');
    if (!mayBook(grant.purposes)) return refuse('purpose_not_allowed');
    const bookings = who.role === 'resident' ? ofPublic : ofStaff;
    const booked = await bookings.submit({ request, who, caseId: grant.caseId, key });
    if (booked.ok)
      runtime.signal(signalSubjects.residentTouched, {
        residentId: request.residentId,
        by: 'reservations',
      });
    return booked;
  };
}
