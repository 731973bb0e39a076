import { newId } from '@madoguchi/kernel';
import fc from 'fast-check';
import { expect } from 'vitest';
import { HOLD_LIFETIME_MS } from '../domain/hold-limits.ts';
import type { Model, Seat } from './crash-model.fixture.ts';
import { expectedTables, freeOn, whyNot } from './crash-model.fixture.ts';
import type { CrashPoint } from './crash-point.fixture.ts';
import { someCrash } from './some-crash.fixture.ts';
import type { Asked, CrashWorld } from './crash-world.fixture.ts';
import { PEOPLE, SLOTS } from './crash-world.fixture.ts';
import { untilAnswered } from './until-answered.fixture.ts';

type Command = fc.AsyncCommand<Model, CrashWorld>;
type Told = string | { done: (value: never) => void };

const roleOf = ({ channel }: Seat) => (channel === 'web' ? 'resident' : 'operator');

/** Asks once, with a crash on the way, and expects what the model says. */
async function play(
  { model, real, crash }: { model: Model; real: CrashWorld; crash: CrashPoint | undefined },
  asked: Asked,
  expected: Told,
): Promise<boolean> {
  const before = expectedTables(model);
  real.arm(crash);
  const { answer, committed } = await untilAnswered(real, before, () => real.ask(asked));
  if (typeof expected === 'string') expect(answer).toMatchObject({ refusal: { code: expected } });
  // Without a key it cannot be told from the first time.
  else if (asked.verb === 'release' && committed) expected.done(undefined as never);
  else {
    expect(answer.refusal?.code ?? 'done').toBe('done');
    expected.done(answer.value as never);
    if (asked.verb !== 'release') model.done.push({ asked, value: answer.value });
  }
  expect(await real.seen()).toEqual(expectedTables(model));
  return committed;
}

const asking = (
  verb: Asked['verb'],
  seat: Seat,
  { caseId = newId(), ...request }: { caseId?: string | undefined } & Record<string, unknown>,
): Asked => ({
  verb,
  role: roleOf(seat),
  key: newId(),
  caseId,
  request,
});

type Drawn = { person: number; seat: Seat; crash: CrashPoint | undefined };
type Play = (drawn: Drawn, model: Model, real: CrashWorld) => Promise<void>;

const book: Play = async ({ person, seat, crash }, model, real) => {
  const request = {
    residentId: real.people[person],
    doseNumber: 1,
    slotId: real.slots[seat.slot],
  };
  const no = whyNot(model, seat) ?? (model.bookings[person] && 'already_booked');
  const done = ({ reservationId }: { reservationId: string }) =>
    void (model.bookings[person] = { ...seat, reservationId });
  await play({ model, real, crash }, asking('book', seat, request), no ?? { done });
};

const bookHeld: Play = async ({ person, seat, crash }, model, real) => {
  const held = model.holds[person];
  const request = {
    residentId: real.people[person],
    doseNumber: 1,
    holdId: held?.holdId ?? newId(),
  };
  const late = held && held.expiresAt <= model.now && 'hold_expired';
  const no = held ? late || (model.bookings[person] && 'already_booked') : 'hold_not_found';
  const done = ({ reservationId }: { reservationId: string }) => {
    if (held) model.bookings[person] = { slot: held.slot, channel: held.channel, reservationId };
    model.holds[person] = undefined;
  };
  const asked = asking('book', seat, { ...request, caseId: held?.caseId });
  await play({ model, real, crash }, asked, no || { done });
};

const hold: Play = async ({ person, seat, crash }, model, real) => {
  const old = model.holds[person];
  const request = {
    residentId: real.people[person],
    doseNumber: 1,
    slotId: real.slots[seat.slot],
  };
  const no =
    whyNot(model, seat, old?.slot === seat.slot ? old : undefined) ??
    (model.bookings[person] && 'already_booked');
  const asked = asking('hold', seat, request);
  const expiresAt = model.now + HOLD_LIFETIME_MS;
  const done = ({ holdId }: { holdId: string }) =>
    void (model.holds[person] = { ...seat, holdId, caseId: asked.caseId, expiresAt });
  await play({ model, real, crash }, asked, no ?? { done });
};

const release: Play = async ({ person, seat, crash }, model, real) => {
  const held = model.holds[person];
  const request = { residentId: real.people[person], holdId: held?.holdId ?? newId() };
  const done = () => void (model.holds[person] = undefined);
  const asked = asking('release', seat, { ...request, caseId: held?.caseId });
  await play({ model, real, crash }, asked, held ? { done } : 'hold_not_found');
};

const change: Play = async ({ person, seat, crash }, model, real) => {
  const old = model.bookings[person];
  const request = {
    residentId: real.people[person],
    reservationId: old?.reservationId ?? newId(),
    slotId: real.slots[seat.slot],
  };
  const no = old
    ? whyNot(model, seat, old.slot === seat.slot ? old : undefined)
    : 'reservation_not_found';
  const done = ({ reservationId }: { reservationId: string }) =>
    void (model.bookings[person] = { ...seat, reservationId });
  await play({ model, real, crash }, asking('change', seat, request), no ?? { done });
};

const cancel: Play = async ({ person, seat, crash }, model, real) => {
  const old = model.bookings[person];
  const gone = model.cancelled[person];
  const reservationId = old?.reservationId ?? gone ?? newId();
  const request = { residentId: real.people[person], reservationId, reason: 'own-wish' };
  const no = gone ? 'reservation_not_changeable' : 'reservation_not_found';
  const done = () => {
    model.cancelled[person] = reservationId;
    model.bookings[person] = undefined;
  };
  await play({ model, real, crash }, asking('cancel', seat, request), old ? { done } : no);
};

/** Something done before is asked again: the same answer, nothing else; with another body it is refused. */
const again: Play = async ({ person, seat, crash }, model, real) => {
  const known = model.done[(person * 7 + seat.slot * 3) % Math.max(1, model.done.length)];
  if (!known) return;
  const before = expectedTables(model);
  real.arm(crash);
  const { answer } = await untilAnswered(real, before, () => real.ask(known.asked));
  expect(answer).toEqual({ ok: true, value: known.value });
  const other = { ...known.asked, request: { ...known.asked.request, doseNumber: 2 } };
  expect(await real.ask(other)).toMatchObject({ refusal: { code: 'idempotency_key_reused' } });
  expect(await real.seen()).toEqual(before);
};

/** All at once, through one batch: as many get a seat as there are seats, whoever they are. */
const together: Play = async ({ seat, crash }, model, real) => {
  const callers = Array.from({ length: PEOPLE }, (_, person) => person);
  const left = freeOn(model, seat);
  const eligible = callers.filter((person) => model.bookings[person] === undefined);
  real.arm(crash);
  const answers = await Promise.all(
    callers.map((person) => {
      const request = {
        residentId: real.people[person],
        doseNumber: 1,
        slotId: real.slots[seat.slot],
      };
      const asked = asking('book', seat, request);
      return untilAnswered(real, undefined, () => real.ask(asked));
    }),
  );
  let winners = 0;
  for (const [person, { answer }] of answers.entries()) {
    if (!answer.ok) continue;
    winners += 1;
    expect(eligible).toContain(person);
    const { reservationId } = answer.value as unknown as { reservationId: string };
    model.bookings[person] = { ...seat, reservationId };
  }
  expect(winners).toBe(Math.max(0, Math.min(left, eligible.length)));
  for (const { answer } of answers)
    if (!answer.ok)
      expect(['slot_full', 'channel_quota_reached', 'already_booked']).toContain(
        answer.refusal?.code,
      );
  expect(await real.seen()).toEqual(expectedTables(model));
};

const untilDone = async (real: CrashWorld, model: Model, work: () => Promise<void>) => {
  const before = expectedTables(model);
  await untilAnswered(real, before, async () => {
    await work();
    return { ok: true };
  });
};

/** Time passes, and the job ends what has run out. */
const expire: Play = async ({ person, crash }, model, real) => {
  const minutes = (person + 1) * 100_000;
  real.wait(minutes);
  model.now += minutes;
  real.arm(crash);
  await untilDone(real, model, () => real.expire());
  model.holds = model.holds.map((one) => (one && one.expiresAt <= model.now ? undefined : one));
  expect(await real.seen()).toEqual(expectedTables(model));
};

const endCase: Play = async ({ person, crash }, model, real) => {
  const held = model.holds[person];
  real.arm(crash);
  await untilDone(real, model, () => real.endCase(held?.caseId ?? newId()));
  model.holds[person] = undefined;
  expect(await real.seen()).toEqual(expectedTables(model));
};

const PLAYS: Record<string, Play> = {
  book,
  bookHeld,
  hold,
  release,
  change,
  cancel,
  again,
  together,
  expire,
  endCase,
};

/** Longer than any transaction of these: some crash points never come. */
const LAST_STATEMENT = 20;

const drawn: fc.Arbitrary<Drawn> = fc.record({
  person: fc.nat(PEOPLE - 1),
  seat: fc.record({
    slot: fc.nat(SLOTS.length - 1),
    channel: fc.constantFrom('phone', 'phone', 'web'),
  }),
  crash: someCrash(LAST_STATEMENT),
});

/** Random commands, half of them with a crash between two of their steps. */
export const crashCommands = fc.commands(
  Object.entries(PLAYS).map(([name, run]) =>
    drawn.map((one): Command => ({
      check: () => true,
      run: (model, real) => run(one, model, real),
      toString: () => `${name} ${JSON.stringify(one)}`,
    })),
  ),
  { maxCommands: 12 },
);
