import type { bookSlot as BookSlot } from '@madoguchi/contracts';
import { signalSubjects } from '@madoguchi/contracts';
import { createGroupCommit } from '@madoguchi/database';
import { refuse } from '@madoguchi/kernel';
import type { Handler } from '@madoguchi/messaging';
import type { Runtime } from '@madoguchi/service';
import { mayBook } from '../domain/purposes.ts';
import type { BookingAnswer, BookingCommand } from './commit-bookings.ts';
import { commitBookings } from './commit-bookings.ts';

/** Most bookings of one transaction: beyond it a batch takes longer without getting cheaper. */
const LARGEST_BATCH = 500;

/** So many that wait are worth a second batch at once. */
const SECOND_BATCH_FROM = 128;

/** Books a held seat, or a slot directly; the same command twice is one booking. */
export function bookSlot(runtime: Runtime): Handler<typeof BookSlot> {
  const collect = () =>
    createGroupCommit<BookingCommand, BookingAnswer>({
      commit: commitBookings(runtime),
      limit: LARGEST_BATCH,
      secondFrom: SECOND_BATCH_FROM,
      keyOf: ({ who, key }) => `${who.actorId}\n${key}`,
    });
  // Whoever serves a caller does not wait behind a batch of the public.
  const [ofStaff, ofPublic] = [collect(), collect()];
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
