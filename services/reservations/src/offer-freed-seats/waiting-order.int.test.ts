import * as contract from '@madoguchi/contracts';
import { addDays, newId, tokyoDate } from '@madoguchi/kernel';
import type { RunningService } from '@madoguchi/service';
import type { TestWorld } from '@madoguchi/testing/test-world';
import { testWorld } from '@madoguchi/testing/test-world';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expireHolds } from '../expire-holds/expire-holds.ts';
import { expireOffers } from '../expire-offers/expire-offers.ts';
import { seedAlone } from '../seed-demo/seed-alone.ts';
import { reservations } from '../service.ts';
import { seekFreeSeats } from '../seek-free-seats/seek-free-seats.ts';
import { BORN_TOO_LATE } from '../store/reservations-world.fixture.ts';
import { offerFreedSeats } from './offer-freed-seats.ts';

// The jobs run when the test says so, three at once as in three processes; commands run several at once.
const PEOPLE = 8;
/** Whom the rules refuse on every day, once on the list. */
const CHILD = 0;
const SLOTS = 3;

let late = 0;
let world: TestWorld;
let service: RunningService;
beforeAll(async () => {
  world = await testWorld({ clock: { now: () => new Date(Date.now() + late) } });
  service = await world.start({
    ...reservations,
    wire: async (runtime) =>
      (await reservations.wire(runtime as never)).filter((part) => part.kind !== 'job'),
  });
  await seedAlone(service.runtime);
  await rows(
    `UPDATE waitlist_setting SET calls_on_holidays = true, calling_from = '00:00', calling_to = '23:59', offers_to_miss = 2,
       calling_weekdays = ARRAY[0,1,2,3,4,5,6]`,
  );
});
afterAll(() => world.stop());

const rows = <Row>(text: string, values: unknown[] = []) =>
  world.sql<Row>('reservations', text, values);

type Verb = 'book' | 'hold' | 'cancel' | 'join' | 'leave' | 'accept' | 'decline' | 'lapse';
type Step = { verb: Verb; person: number; slot: number; wide: boolean };
type Scene = {
  people: string[];
  slots: { id: string; startsAt: string }[];
  day: string;
  venueCode: string;
};

const bornOn = (residentId: string, day: string) =>
  rows(`UPDATE resident_copy SET date_of_birth = $2 WHERE resident_id = $1`, [residentId, day]);

async function person(): Promise<string> {
  const residentId = newId();
  await rows(
    `INSERT INTO resident_copy (resident_id, version, date_of_birth, residency, refer)
     VALUES ($1, 1, '1960-01-01', '[{"from":"1960-01-01","to":null}]', false)`,
    [residentId],
  );
  return residentId;
}

/** Who serves them just now; the clock is put forward far beyond any token's life. */
async function serving(residentId: string) {
  const operator = await world.actor('operator');
  const residents = [residentId];
  const grant = await world.grant({
    operatorId: operator.id,
    residents,
    purposes: ['reservation'],
  });
  return { actorToken: operator.token, grant, idempotencyKey: newId() };
}

/** Slots of one venue and day in a row, and people nobody has seen before. */
async function scene(): Promise<Scene> {
  const [place] = await rows<{ venueCode: string; day: string }>(
    `SELECT venue_code AS "venueCode", day::text AS day FROM slot WHERE day > $1
     GROUP BY 1, 2 HAVING bool_and(booked + held = 0 AND NOT closed) ORDER BY 2, 1 LIMIT 1`,
    [addDays(tokyoDate(new Date(Date.now() + late)), 1)],
  );
  if (!place) throw new Error('no day left');
  const slots = await rows<{ id: string; startsAt: string }>(
    `UPDATE slot SET capacity = 1 + (starts_at > '09:05')::int, phone_quota = 1, web_quota = 0, walk_in_quota = 0
     WHERE venue_code = $1 AND day = $2 AND starts_at IN ('09:00', '09:10', '09:20')
     RETURNING id, starts_at AS "startsAt"`,
    [place.venueCode, place.day],
  );
  await rows(
    `UPDATE slot SET closed = true WHERE venue_code = $1 AND day = $2 AND starts_at > '09:20'`,
    [place.venueCode, place.day],
  );
  expect(slots).toHaveLength(SLOTS);
  const ordered = slots.toSorted((a, b) => (a.startsAt < b.startsAt ? -1 : 1));
  return {
    people: await Promise.all(Array.from({ length: PEOPLE }, person)),
    slots: ordered,
    ...place,
  };
}

type Entry = {
  id: string;
  residentId: string;
  state: string;
  first: number;
  last: number;
  offered: string[];
  /** Declined an offer, or let it run out: what was free then is not sought for them any more. */
  answered: boolean;
};

/** Entries in the order of the list, with the slots they are for by their place in the scene. */
const entriesOf = ({ people, slots }: Scene): Promise<Entry[]> =>
  rows<Entry>(
    `SELECT e.id, e.resident_id AS "residentId", e.state,
       (SELECT count(*)::int FROM unnest($2::text[]) t WHERE t < coalesce(e.time_from, '')) AS first,
       (SELECT count(*)::int FROM unnest($2::text[]) t WHERE e.time_to IS NULL OR t < e.time_to) AS last,
       ARRAY(SELECT o.slot_id::text FROM waitlist_offer o WHERE o.entry_id = e.id) AS offered,
       EXISTS (SELECT 1 FROM waitlist_offer o
         WHERE o.entry_id = e.id AND o.state IN ('declined', 'expired')) AS answered
     FROM waiting_entry e WHERE e.resident_id = ANY($1) ORDER BY e.joined_at, e.id`,
    [people, slots.map((one) => one.startsAt)],
  );

type Count = {
  id: string;
  capacity: number;
  booked: number;
  held: number;
  live: number;
  holds: number;
  kept: number;
};
const countsOf = async ({ slots }: Scene): Promise<Map<string, Count>> => {
  const found = await rows<Count>(
    `SELECT s.id, s.capacity, s.booked, s.held,
       (SELECT count(*)::int FROM reservation r WHERE r.slot_id = s.id AND r.state = 'booked') AS live,
       (SELECT count(*)::int FROM hold h WHERE h.slot_id = s.id) AS holds,
       (SELECT count(*)::int FROM kept_seat k WHERE k.slot_id = s.id) AS kept
     FROM slot s WHERE s.id = ANY($1)`,
    [slots.map((one) => one.id)],
  );
  return new Map(found.map((one) => [one.id, one]));
};
const freeIn = (one: Count | undefined): number =>
  one ? one.capacity - one.booked - one.held : Number.NaN;

async function perform(step: Step, { people, slots, day, venueCode }: Scene): Promise<string> {
  const residentId = people[step.person] ?? '';
  const slot = slots[step.slot] ?? { id: '', startsAt: '' };
  const ask = async (operation: contract.AnyOperation, request: object): Promise<string> => {
    const me = await serving(residentId);
    const answer = await world.call(operation, { residentId, ...request }, me);
    return answer.ok ? 'ok' : answer.refusal.code;
  };
  const mine = async (text: string): Promise<string> =>
    (await rows<{ id: string }>(text, [residentId]))[0]?.id ?? newId();
  const offer = () =>
    mine(`SELECT o.id FROM waitlist_offer o JOIN waiting_entry e ON e.id = o.entry_id
          WHERE e.resident_id = $1 ORDER BY o.offered_at DESC LIMIT 1`);
  switch (step.verb) {
    case 'book':
      return ask(contract.bookSlot, { doseNumber: 1, slotId: slot.id });
    case 'hold':
      return ask(contract.holdSlot, { doseNumber: 1, slotId: slot.id });
    case 'cancel':
      return ask(contract.cancelReservation, {
        reservationId: await mine(
          `SELECT id FROM reservation WHERE resident_id = $1 ORDER BY booked_at DESC LIMIT 1`,
        ),
        reason: 'own-wish',
      });
    case 'join': {
      if (step.person === CHILD) await bornOn(residentId, '1960-01-01');
      const joined = await ask(contract.joinWaitingList, {
        doseNumber: 1,
        from: day,
        to: day,
        venueCode,
        reach: step.slot === 0 ? 'web' : 'phone',
        timeFrom: slot.startsAt,
        ...(step.wide ? {} : { timeTo: `${slot.startsAt.slice(0, 4)}5` }),
      });
      if (step.person === CHILD) await bornOn(residentId, BORN_TOO_LATE);
      return joined;
    }
    case 'leave':
      return ask(contract.leaveWaitingList, {
        entryId: await mine(
          `SELECT id FROM waiting_entry WHERE resident_id = $1 ORDER BY joined_at DESC LIMIT 1`,
        ),
      });
    case 'accept':
      return ask(contract.acceptOffer, { offerId: await offer() });
    case 'decline':
      return ask(contract.declineOffer, { offerId: await offer(), stay: step.wide });
    case 'lapse':
      late += 31 * 60_000;
      return 'ok';
  }
}

const inThree = (job: () => Promise<void>) => Promise.all([job(), job(), job()]);

async function runJobs(scene: Scene): Promise<void> {
  const { runtime } = service;
  await inThree(expireOffers(runtime));
  await inThree(expireHolds(runtime));
  const [before, seats] = [await entriesOf(scene), await countsOf(scene)];
  for (let tries = 0, offers = -1; ; tries += 1) {
    await inThree(offerFreedSeats(runtime));
    await inThree(seekFreeSeats(runtime));
    const [now] = await rows<{ kept: number; made: number }>(
      `SELECT (SELECT count(*)::int FROM kept_seat) AS kept,
         (SELECT count(*)::int FROM waitlist_offer) AS made`,
    );
    if (now?.kept === 0 && now.made === offers) break;
    offers = now?.made ?? -1;
    expect(tries).toBeLessThan(20);
  }
  await checkOrder(scene, before, seats);
}

/** Who stands where: could an entry have had a seat of the slot at this place? */
function hasClaim(scene: Scene, entry: Entry, place: number, booked: ReadonlySet<string>): boolean {
  const slotId = scene.slots[place]?.id ?? '';
  return (
    entry.state === 'waiting' &&
    entry.first <= place &&
    place < entry.last &&
    !entry.offered.includes(slotId) &&
    entry.residentId !== scene.people[CHILD] &&
    !booked.has(entry.residentId)
  );
}

async function checkOrder(scene: Scene, before: Entry[], seats: Map<string, Count>): Promise<void> {
  const after = await entriesOf(scene);
  const live = await rows<{ id: string }>(
    `SELECT resident_id AS id FROM reservation WHERE state = 'booked' AND resident_id = ANY($1)`,
    [scene.people],
  );
  const booked = new Set(live.map((one) => one.id));
  const left = await countsOf(scene);
  scene.slots.forEach(({ id }, place) => {
    const newly = after.map(
      (entry, index) => entry.offered.includes(id) && !before[index]?.offered.includes(id),
    );
    const made = newly.filter(Boolean).length;
    const kept = seats.get(id)?.kept ?? 0;
    expect(made, 'no seat is offered that was not there').toBeLessThanOrEqual(
      kept + freeIn(seats.get(id)),
    );
    const waiting = after.flatMap((entry, index) =>
      hasClaim(scene, entry, place, booked) ? [index] : [],
    );
    if (freeIn(left.get(id)) > 0)
      expect(
        waiting.filter((index) => after[index]?.answered === false),
        'nobody waits beside a free seat',
      ).toEqual([]);
    if (made < kept)
      expect(waiting, 'no freed seat is lost while somebody waits for it').toEqual([]);
    const last = newly.lastIndexOf(true);
    expect(
      waiting.filter((index) => index < last),
      'nobody is passed over',
    ).toEqual([]);
  });
}

async function checkCounts(scene: Scene): Promise<void> {
  for (const { booked, held, live, holds, kept, capacity } of (await countsOf(scene)).values()) {
    expect({ booked, held }).toEqual({ booked: live, held: holds + kept });
    expect(booked + held).toBeLessThanOrEqual(capacity);
  }
  const apart = await rows(
    `SELECT o.id FROM waitlist_offer o FULL JOIN hold h ON h.offer_id = o.id
     WHERE coalesce(o.slot_id, h.slot_id) = ANY($1)
       AND ((o.state = 'open') <> (h.id IS NOT NULL) OR (h.offer_id IS NOT NULL AND o.id IS NULL))`,
    [scene.slots.map((one) => one.id)],
  );
  expect(apart, 'every open offer is one kept seat').toEqual([]);
}

/** `slot/resident` of everybody who has a seat or is kept one. */
const seatedIn = async ({ slots }: Scene): Promise<Set<string>> => {
  const found = await rows<{ one: string }>(
    `SELECT slot_id || '/' || resident_id AS one FROM reservation
     WHERE state = 'booked' AND slot_id = ANY($1)
     UNION SELECT slot_id || '/' || resident_id FROM hold WHERE slot_id = ANY($1)`,
    [slots.map((one) => one.id)],
  );
  return new Set(found.map(({ one }) => one));
};

/** Several at once; whoever books takes nothing that came free while somebody waited for it. */
async function performTogether(scene: Scene, steps: Step[]): Promise<string[]> {
  const [before, seats] = [await entriesOf(scene), await countsOf(scene)];
  const seated = await seatedIn(scene);
  const answers = await Promise.all(steps.map((step) => perform(step, scene)));
  const [after, now, seatedNow] = [
    await entriesOf(scene),
    await countsOf(scene),
    await seatedIn(scene),
  ];
  scene.slots.forEach(({ id }, place) => {
    const stood = before.some(
      (entry, index) =>
        hasClaim(scene, entry, place, new Set()) && after[index]?.state === 'waiting',
    );
    if (!stood) return;
    const newly = [...seatedNow].filter((one) => one.startsWith(id) && !seated.has(one));
    const free = freeIn(seats.get(id));
    expect(newly.length, 'a freed seat is not up for grabs').toBeLessThanOrEqual(free);
    expect(freeIn(now.get(id))).toBeLessThanOrEqual(free);
  });
  return answers;
}

const step = fc.record<Step>({
  verb: fc.constantFrom<Verb>(
    ...(['book', 'hold', 'cancel', 'cancel', 'cancel', 'join', 'join'] as const),
    ...(['leave', 'accept', 'accept', 'decline', 'lapse'] as const),
  ),
  person: fc.nat(PEOPLE - 1),
  slot: fc.nat(SLOTS - 1),
  wide: fc.boolean(),
});

const at = (verb: Verb, person: number, slot: number): Step => ({ verb, person, slot, wide: true });

describe('after any order of commands, several at once', () => {
  it('seats go down the list in order, none twice, none lost, none to who came later', async () => {
    let offers = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 15, maxLength: 40 }), async (history) => {
        const now = await scene();
        // A full house, so that there is something to wait for, and who waits for it.
        const full = [0, 1, 1, 2, 2].map((slot, one) => at('book', one + 1, slot));
        const line = [CHILD, 6, 7].map((one) => at('join', one, 0));
        for (const one of [...full, ...line]) expect(await perform(one, now)).toBe('ok');
        for (let next = 0; next < history.length; next += 4) {
          const answers = await performTogether(now, history.slice(next, next + 4));
          expect(answers).not.toContain('internal_fault');
          await runJobs(now);
          await checkCounts(now);
        }
        offers += (await entriesOf(now)).reduce((sum, entry) => sum + entry.offered.length, 0);
        // Nobody of this history waits any more in the next one.
        for (let one = 0; one < PEOPLE; one += 1) await perform(at('leave', one, 0), now);
        await runJobs(now);
        await checkCounts(now);
      }),
      // Made smaller, a history against a real database is another one.
      { numRuns: 10, endOnFailure: true },
    );
    // A test in which nothing was ever offered would prove nothing.
    expect(offers).toBeGreaterThan(10);
  }, 300_000);
});

describe('the checker of runs', () => {
  it('finds all of it whole', async () => {
    expect(await world.checkReservations()).toMatchObject({ exitCode: 0, findings: [] });
  });
});
