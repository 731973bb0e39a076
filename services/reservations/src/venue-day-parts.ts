import * as contract from '@madoguchi/contracts';
import type { Part, Runtime } from '@madoguchi/service';
import { operation } from '@madoguchi/service';
import { bookWalkIn } from './book-walk-in/book-walk-in.ts';
import { findReservation } from './find-reservation/find-reservation.ts';
import { findVisitor } from './find-visitor/find-visitor.ts';
import { recordAttendance } from './record-attendance/record-attendance.ts';

/** Bookings by their number, and the day at the venue: who came, who did not, who came without a booking. */
export const venueDayParts = (runtime: Runtime): Part[] => [
  operation(contract.findReservation, findReservation(runtime)),
  operation(contract.findVisitor, findVisitor(runtime)),
  operation(contract.recordAttendance, recordAttendance(runtime)),
  operation(contract.bookWalkIn, bookWalkIn(runtime)),
];
