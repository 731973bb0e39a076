import { Code, Id } from '@madoguchi/contracts';
import { systemClock } from '@madoguchi/kernel';
import { closeDays } from '@madoguchi/reservations/close-session/close-days';
import { foreseeClosing } from '@madoguchi/reservations/close-session/foresee-closing';
import { reservationsConfig } from '@madoguchi/reservations/config';
import { reservations } from '@madoguchi/reservations/service';
import { z } from 'zod';
import { withService } from './open-service.ts';
import { refusedBecause, report, WrongUsage } from './outcome.ts';
import { checkDays, checkVenue } from './venue-and-days.ts';

type CloseOptions = {
  reason: string;
  to?: string;
  approval?: string;
  emergency?: string;
  dryRun?: boolean;
  json?: boolean;
};

function readClosing(venue: string, day: string, options: CloseOptions) {
  const to = options.to ?? day;
  checkVenue(venue, 'VENUE');
  checkDays({ from: day, to }, { from: 'DAY', to: '--to', beginning: 'DAY' });
  if (!Code.safeParse(options.reason).success)
    throw new WrongUsage('--reason is a code: letters, digits, - and _, no blanks.');
  if (options.approval !== undefined && options.emergency !== undefined)
    throw new WrongUsage('--emergency is for closing without an --approval.');
  if (options.approval !== undefined && !Id.safeParse(options.approval).success)
    throw new WrongUsage('--approval is the id of an approved request of kind session-change.');
  const word = options.approval ?? options.emergency;
  if (options.dryRun === true && word !== undefined)
    throw new WrongUsage('--dry-run closes nothing, on nobody’s word: leave the other one away.');
  return { venueCode: venue, from: day, to, reason: options.reason };
}

/** What to do on the command line where closing is refused. */
const ADVICE: Readonly<Record<string, string>> = {
  session_change_needs_approval:
    'Nothing was closed. Somebody proposes exactly this at the console and a second person of the city approves it (--approval ID); in an emergency --emergency closes at once, and a second person confirms it afterwards.',
  approval_for_something_else:
    'Nothing was closed: the approval is of something else than this venue, days and reason.',
  reason_too_short: '--emergency says what happened, in at least 10 characters.',
};

type Days = ReturnType<typeof readClosing>;

const said = ({ venueCode, from, to }: Days): string =>
  `${venueCode}, ${from === to ? from : `${from} to ${to}`}`;

/** `slots close … --dry-run`: what it would do now. */
async function foresee(days: Days, options: CloseOptions): Promise<void> {
  const foreseen = await withService(reservations, ({ database, who }) =>
    database.transaction(who, (tx) => foreseeClosing(tx.query, days, systemClock.now())),
  );
  if (!foreseen.ok) throw refusedBecause(foreseen.refusal, said(days));
  const { sessions, toBeCalled, secondPerson } = foreseen.value;
  const { venueCode, from, to } = days;
  report(options.json === true, { venueCode, from, to, dryRun: true, ...foreseen.value }, [
    ...sessions.map(
      ({ day, startsAt, endsAt, productCode, booked, held }) =>
        `${day} ${startsAt}-${endsAt} ${productCode}: ${booked} booked, ${held} held`,
    ),
    `${sessions.length} sessions would be closed, and ${toBeCalled} people be on the worklist to be called.`,
    secondPerson
      ? 'A second person of the city has to agree (--approval), or in an emergency to confirm it afterwards (--emergency).'
      : 'Nobody loses a seat, so no second person is needed.',
    'Nothing was closed (dry run).',
  ]);
}

/** `slots close VENUE DAY`: at once; whoever is booked comes on the worklist, nobody is cancelled. */
export async function closeSlotsCommand(
  venue: string,
  day: string,
  options: CloseOptions,
): Promise<void> {
  const days = readClosing(venue, day, options);
  if (options.dryRun === true) return foresee(days, options);
  const { approval: approvalId, emergency: explanation } = options;
  const { EMERGENCY_CONFIRM_HOURS: confirmHours } = z
    .object(reservationsConfig)
    .parse({ ...process.env });
  const done = await withService(reservations, ({ database, who }) =>
    database.transaction(who, (tx) =>
      closeDays(tx, days, {
        approvalId,
        emergency: explanation === undefined ? undefined : { explanation },
        by: { id: who.actorId, atCommandLine: true, steppedUp: false },
        confirmHours,
        now: systemClock.now(),
      }),
    ),
  );
  if (!done.ok) throw refusedBecause(done.refusal, said(days), ADVICE[done.refusal.code]);
  const { sessions, toBeCalled, holdsEnded, confirmBy } = done.value;
  const { venueCode, from, to } = days;
  report(options.json === true, { venueCode, from, to, ...done.value }, [
    `${sessions} sessions closed; ${toBeCalled} people are on the worklist to be called, ${holdsEnded} holds ended.`,
    ...(confirmBy === undefined
      ? []
      : [`A second person of the city has to confirm it at the console by ${confirmBy}.`]),
  ]);
}
