import { newId } from '@madoguchi/kernel';
import fc from 'fast-check';
import { expect } from 'vitest';
import type { CrashPoint } from './crash-point.fixture.ts';
import type { Meant } from './house-requests.fixture.ts';
import { REQUESTS } from './house-requests.fixture.ts';
import type { House, HouseAsked, HouseVerb, Job, Tables } from './house.fixture.ts';
import { PEOPLE, SLOTS_A_DAY } from './house.fixture.ts';
import { someCrash } from './some-crash.fixture.ts';
import { isOfCrash, untilAnswered } from './until-answered.fixture.ts';

/** Two houses that are asked the same; only one of them crashes. */
export type Twins = { crashing: House; sound: House };

/** What a caller would expect, without the rules that decide. */
export type Expected = {
  /** Doses with a live booking, as `person/dose`. */
  live: ReadonlySet<string>;
  tables: Tables;
  /** What was done, to be asked again. */
  done: { asked: HouseAsked; value: unknown }[];
};
type Command = fc.AsyncCommand<Expected, Twins>;
type Drawn = Meant & { crash: CrashPoint | undefined };
type Scene = Twins & { model: Expected };
type Play = (drawn: Drawn, scene: Scene) => Promise<void>;

/** How often each command was done, so that a test in which nothing happened is seen. */
export const timesDone = new Map<string, number>();

export const nothingYet = (tables: Tables): Expected => ({ live: new Set(), tables, done: [] });

async function askedOf(house: House, verb: HouseVerb, meant: Meant) {
  const wording = await REQUESTS[verb](house, meant);
  const { role, request, caseId = newId() } = wording;
  return { wording, asked: { verb, request, role, caseId, key: newId() } satisfies HouseAsked };
}

const liveIn = ({ reservations = [] }: Tables): string[] =>
  reservations
    .map((line) => line.split(' '))
    .filter((words) => words.includes('booked') || words.includes('attended'))
    .map(([person = '', , dose = '']) => `${person}/${dose}`);

/** Both houses look alike, nothing is wrong in them, and what is booked is what was acknowledged. */
async function compare({ model, crashing, sound }: Scene): Promise<void> {
  const [after, wanted, wrong] = await Promise.all([
    crashing.seen(),
    sound.seen(),
    crashing.wrong(),
  ]);
  expect(after).toEqual(wanted);
  expect(wrong).toEqual([]);
  expect(liveIn(after).toSorted()).toEqual([...model.live].toSorted());
  model.tables = after;
}

async function ask(verb: HouseVerb, drawn: Drawn, scene: Scene): Promise<void> {
  const { model, crashing, sound } = scene;
  for (const one of [crashing, sound]) one.wait(1);
  const there = await askedOf(sound, verb, drawn);
  const wanted = await sound.ask(there.asked);
  const { asked, wording } = await askedOf(crashing, verb, drawn);
  crashing.arm(drawn.crash);
  const { answer } = await untilAnswered(crashing, model.tables, () => crashing.ask(asked));
  expect(answer.refusal?.code ?? 'done').toBe(wanted.refusal?.code ?? 'done');
  if (answer.ok) {
    timesDone.set(verb, (timesDone.get(verb) ?? 0) + 1);
    const { books = [], givesUp = () => [] } = wording;
    const gone = givesUp(model.live);
    model.live = new Set([...[...model.live].filter((one) => !gone.includes(one)), ...books]);
    model.done.push({ asked, value: answer.value });
  }
  await compare(scene);
}

/** Something done before is asked again under its key: the same answer, nothing else. */
async function again(drawn: Drawn, scene: Scene): Promise<void> {
  const { model, crashing } = scene;
  const known = model.done[(drawn.person * 7 + drawn.slot * 3) % Math.max(1, model.done.length)];
  if (!known) return;
  crashing.arm(drawn.crash);
  const { answer } = await untilAnswered(crashing, model.tables, () => crashing.ask(known.asked));
  expect(answer).toEqual({ ok: true, value: known.value });
  await compare(scene);
}

const MOST_RUNS = 10;

/** A job that is broken off somewhere is run again; in the end it has come as far as without that. */
async function work(job: Job, drawn: Drawn, scene: Scene): Promise<void> {
  const { crashing, sound } = scene;
  const passing = job === 'expire' ? (drawn.slot + 1) * 60_000 : 1;
  for (const one of [crashing, sound]) one.wait(passing);
  await sound.work(job);
  crashing.arm(drawn.crash);
  for (let runs = 0, whole = false; !whole; runs += 1) {
    expect(runs).toBeLessThan(MOST_RUNS);
    try {
      await crashing.work(job);
      // What was broken off at the server is left to the next run.
      whole = runs > 0 || drawn.crash === undefined;
    } catch (error) {
      if (!isOfCrash(error)) throw error;
      expect(await crashing.wrong()).toEqual([]);
      crashing.startAgain();
    }
    crashing.disarm();
  }
  await compare(scene);
  if (job === 'offer') expect(await crashing.waitingInVain()).toEqual([]);
}

/** A full slot, two who wait for it, and somebody who gives a seat back: what lists are for. */
async function crowd(drawn: Drawn, scene: Scene): Promise<void> {
  const slot = drawn.slot % SLOTS_A_DAY;
  const person = (ahead: number): number => (drawn.person + ahead) % PEOPLE;
  const steps: [HouseVerb, number][] = [
    ['book', 0],
    ['book', 1],
    ['join', 2],
    ['join', 3],
    ['cancel', 0],
  ];
  for (const [verb, ahead] of steps)
    await ask(verb, { ...drawn, slot, person: person(ahead), flag: true }, scene);
  await work('offer', drawn, scene);
}

/** Longer than most transactions of these: some crash points never come. */
const LAST_STATEMENT = 30;

const drawn: fc.Arbitrary<Drawn> = fc.record({
  person: fc.nat(PEOPLE - 1),
  other: fc.nat(PEOPLE - 1),
  slot: fc.nat(5),
  flag: fc.boolean(),
  crash: someCrash(LAST_STATEMENT),
});

/** The more often, the more has to come together for it to be done. */
const OFTEN: Record<HouseVerb | Job | 'again' | 'crowd', number> = {
  book: 3,
  hold: 1,
  pair: 2,
  group: 2,
  companion: 2,
  walkIn: 2,
  attend: 2,
  change: 1,
  cancel: 3,
  join: 4,
  leave: 1,
  accept: 3,
  decline: 1,
  close: 1,
  reopen: 2,
  cut: 2,
  promise: 1,
  expire: 1,
  offer: 3,
  settle: 1,
  again: 1,
  crowd: 2,
};

type Name = keyof typeof OFTEN;
const JOBS: ReadonlySet<string> = new Set<Job>(['expire', 'offer', 'settle']);

function playOf(name: Name): Play {
  if (name === 'again') return again;
  if (name === 'crowd') return crowd;
  return (...given) =>
    JOBS.has(name) ? work(name as Job, ...given) : ask(name as HouseVerb, ...given);
}

const commandOf =
  (name: Name) =>
  (one: Drawn): Command => ({
    check: () => true,
    run: (model, twins) => playOf(name)(one, { ...twins, model }),
    toString: () => `${name} ${JSON.stringify(one)}`,
  });

/** Random commands and jobs, half of them with a crash between two of their steps. */
export const twinCommands = fc.commands(
  Object.entries(OFTEN).flatMap(([name, times]) =>
    Array.from({ length: times }, () => drawn.map(commandOf(name as Name))),
  ),
  { maxCommands: 24, size: 'max' },
);
