import { newId, tokyoInstant, tokyoDate } from '@madoguchi/kernel';
import type { Role } from '@madoguchi/contracts';
import type { House, HouseVerb } from './house.fixture.ts';
import { SLOTS_A_DAY, VENUE } from './house.fixture.ts';

/** What a command is about, by places, so that it is the same in every house. */
export type Meant = { person: number; other: number; slot: number; flag: boolean };

/** A request, who sends it, and whose doses it would book or give up, as `person/dose`. */
export type Wording = {
  role: Role;
  request: Record<string, unknown>;
  caseId?: string;
  books?: string[];
  givesUp?: (live: ReadonlySet<string>) => string[];
};

const name = (person: number, dose: number): string => `${person}/${dose}`;
const dayOfSlot = (slot: number): number => slot % SLOTS_A_DAY;

type Found = { id: string; person: number; dose: number };

/** The booking of a slot that stands first, or any other. */
async function bookingOn(house: House, { slot }: Meant, states: string[]): Promise<Found> {
  const [found] = await house.look<Found>(
    `SELECT id, array_position($1::uuid[], resident_id) - 1 AS person, dose_number AS dose FROM reservation
     WHERE state = ANY($3::text[]) ORDER BY slot_id <> $2::uuid, 2, 3, state, version LIMIT 1`,
    [house.people, house.slots[slot]?.id, states],
  );
  return found ?? { id: newId(), person: 0, dose: 1 };
}

async function offerOpen(house: House): Promise<Found> {
  const [found] = await house.look<Found>(
    `SELECT o.id, array_position($1::uuid[], e.resident_id) - 1 AS person, e.dose_number AS dose
     FROM waitlist_offer o JOIN waiting_entry e ON e.id = o.entry_id ORDER BY o.state <> 'open', 2 LIMIT 1`,
    [house.people],
  );
  return found ?? { id: newId(), person: 0, dose: 1 };
}

type Worded = (house: House, meant: Meant) => Promise<Wording>;

const taking =
  (seatDose: (meant: Meant) => number): Worded =>
  async (house, meant) => {
    const doseNumber = seatDose(meant);
    const slotId = house.slots[meant.slot]?.id;
    return {
      role: 'operator',
      request: { residentId: house.people[meant.person], doseNumber, slotId },
      books: [name(meant.person, doseNumber)],
    };
  };

const sessionOf = (house: House, { slot }: Meant): string =>
  house.sessions[slot < SLOTS_A_DAY ? 0 : 1] ?? '';

const administering = (request: Record<string, unknown>): Wording => ({
  role: 'operations-manager',
  request,
});

/** How each command is asked for. */
export const REQUESTS: Record<HouseVerb, Worded> = {
  book: taking(({ flag, slot }) => (flag && slot >= SLOTS_A_DAY ? 2 : 1)),
  hold: async (house, meant) => ({ ...(await taking(() => 1)(house, meant)), books: [] }),
  pair: async (house, { person, slot }) => ({
    role: 'operator',
    request: {
      residentId: house.people[person],
      doseNumber: 1,
      slotId: house.slots[dayOfSlot(slot)]?.id,
    },
    books: [name(person, 1), name(person, 2)],
  }),
  group: async (house, { person, other, slot }) => {
    const members = [...new Set([person, other, (person + 1) % house.people.length])].slice(0, 2);
    return {
      role: 'operator',
      request: {
        members: members.map((one) => ({ residentId: house.people[one], doseNumber: 1 })),
        slotId: house.slots[slot]?.id,
        spanMinutes: 20,
      },
      books: members.map((one) => name(one, 1)),
    };
  },
  companion: async (house, meant) => ({
    role: 'operator',
    request: {
      residentId: house.people[meant.person],
      doseNumber: 1,
      besideReservationId: (await bookingOn(house, meant, ['booked'])).id,
    },
    books: [name(meant.person, 1)],
  }),
  walkIn: async (house, { person, slot, flag }) => ({
    role: 'venue-staff',
    request: {
      residentId: house.people[person],
      doseNumber: 1,
      venueCode: VENUE,
      ...(flag ? { slotId: house.slots[dayOfSlot(slot)]?.id } : {}),
    },
    books: [name(person, 1)],
  }),
  attend: async (house, meant) => {
    const booking = await bookingOn(house, { ...meant, slot: dayOfSlot(meant.slot) }, [
      'booked',
      'attended',
      'missed',
      'turned-back',
    ]);
    const outcome = (['attended', 'missed', 'turned-back'] as const)[meant.other % 3];
    const { id: reservationId, person, dose } = booking;
    return {
      role: 'venue-staff',
      request: { venueCode: VENUE, outcome, reservationId },
      ...(outcome === 'attended'
        ? { books: [name(person, dose)] }
        : { givesUp: () => [name(person, dose)] }),
    };
  },
  change: async (house, meant) => {
    const { id: reservationId, person } = await bookingOn(house, meant, ['booked']);
    return {
      role: 'operator',
      request: {
        residentId: house.people[person],
        reservationId,
        slotId: house.slots[(meant.slot + 1 + meant.other) % house.slots.length]?.id,
      },
    };
  },
  cancel: async (house, meant) => {
    const { id, person, dose } = await bookingOn(house, meant, ['booked']);
    return {
      role: 'operator',
      request: {
        residentId: house.people[person],
        reservationId: id,
        reason: 'own-wish',
        withFollowing: meant.flag,
      },
      givesUp: (live) => [
        name(person, dose),
        ...[...live].filter((one) => meant.flag && dose === 1 && one === name(person, 2)),
      ],
    };
  },
  join: async (house, { person, slot }) => {
    const startsAt = house.slots[dayOfSlot(slot)]?.startsAt ?? '';
    const day = tokyoDate(house.now());
    return {
      role: 'operator',
      request: {
        residentId: house.people[person],
        doseNumber: 1,
        reach: 'phone',
        venueCode: VENUE,
        from: day,
        to: day,
        timeFrom: startsAt,
        timeTo: `${startsAt.slice(0, 4)}5`,
      },
    };
  },
  leave: async (house, { slot }) => {
    const [entry] = await house.look<Found>(
      `SELECT id, array_position($1::uuid[], resident_id) - 1 AS person FROM waiting_entry
       ORDER BY state NOT IN ('waiting', 'offered'), time_from <> $2, 2 LIMIT 1`,
      [house.people, house.slots[dayOfSlot(slot)]?.startsAt],
    );
    return {
      role: 'operator',
      request: { residentId: house.people[entry?.person ?? 0], entryId: entry?.id ?? newId() },
    };
  },
  accept: async (house) => {
    const { id: offerId, person, dose } = await offerOpen(house);
    return {
      role: 'operator',
      request: { residentId: house.people[person], offerId },
      books: [name(person, dose)],
    };
  },
  decline: async (house, { flag: stay }) => {
    const { id: offerId, person } = await offerOpen(house);
    return { role: 'operator', request: { residentId: house.people[person], offerId, stay } };
  },
  close: async (house, meant) => {
    const closing = { sessionId: sessionOf(house, meant), reason: 'test' };
    const approvalId = await house.agreed({ kind: 'close-session', ...closing });
    return administering({ ...closing, approvalId });
  },
  reopen: async (house) => {
    const [closed] = await house.look<{ id: string }>(
      `SELECT id FROM session WHERE state = 'closed' ORDER BY day LIMIT 1`,
    );
    return {
      role: 'operations-manager',
      request: { sessionId: closed?.id ?? house.sessions[0] },
    };
  },
  cut: async (house, meant) => {
    const { other, flag } = meant;
    const smaller = { sessionId: sessionOf(house, meant), capacity: other % 3, reason: 'test' };
    const approvalId = await house.agreed({ kind: 'change-capacity', ...smaller });
    return administering({ ...smaller, choice: flag ? 'worklist' : 'refuse', approvalId });
  },
  promise: async (house, meant) =>
    administering({
      sessionId: sessionOf(house, meant),
      at: tokyoInstant(tokyoDate(house.now()), '00:00').toISOString(),
      quotas: { phone: meant.flag ? 1 : 0, web: 0, staff: 0, 'walk-in': meant.flag ? 0 : 1 },
    }),
};
