import type { testTokens } from '@madoguchi/testing/test-tokens';
import { newId } from '@madoguchi/kernel';
import pg from 'pg';
import type { Ending, Telling } from './caller-story.ts';
import { tellStory } from './caller-story.ts';
import { newResidents, serve, serveAll, serveAtVenue } from './callers.ts';
import type { Place } from './city-of-slots.ts';
import { fillVenues } from './city-of-slots.ts';
import { runDesk } from './run-desk.ts';
import { tellTogetherStory } from './together-story.ts';
import { tellVisitStory } from './visit-story.ts';
import type { WaitedForSlot } from './waiting-story.ts';
import { tellWaitingStory } from './waiting-story.ts';

type Tokens = Awaited<ReturnType<typeof testTokens>>;
type Living = Omit<Telling, 'someSlot'> & { tokens: Tokens };

const SLOTS = 300;
/** Every so many slots are small and fill up; as many have so few seats that there is always somebody waiting. */
const SMALL_EVERY = 20;
const SMALL_SEATS = 20;
const WAITED_FOR_SEATS = 2;
const isSmall = (index: number): boolean => index % SMALL_EVERY === 0;
const isWaitedFor = (index: number): boolean => index % SMALL_EVERY === SMALL_EVERY / 2;
/** Of a hundred callers so many wait, come together, or stand at the venue; the others take a seat each. */
const SHARES = { waiting: 12, together: 15, visit: 5 };

/** What is said of slots that are waited for, and the sessions of the last slots, which the desk may cut and close. */
const WAITED_FOR = /* sql */ `
SELECT id, venue_code AS "venueCode", day::text AS day, starts_at AS "startsAt", ends_at AS "endsAt"
FROM slot WHERE id = ANY($1::uuid[])`;
const SESSIONS = /* sql */ `
SELECT DISTINCT ON (day, venue_code) session_id AS id FROM slot WHERE id = ANY($1::uuid[])
ORDER BY day DESC, venue_code DESC LIMIT 2`;

async function lookAt(ownerUrl: string, slots: readonly string[]) {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    const { rows } = await client.query<WaitedForSlot>(WAITED_FOR, [
      slots.filter((_, index) => isWaitedFor(index)),
    ]);
    const sessions = await client.query<{ id: string }>(SESSIONS, [slots]);
    return { waitedFor: rows, sessions: sessions.rows.map(({ id }) => id) };
  } finally {
    await client.end();
  }
}

/** A second person's yes, as staff would tell of it; undefined while the database is away. */
async function agreeAt(
  ownerUrl: string,
  selection: string,
  requestedBy: string,
): Promise<string | undefined> {
  const client = new pg.Client({ connectionString: ownerUrl });
  // A server that is killed ends the connection, which is no fault of the run.
  client.on('error', () => undefined);
  const approvalId = newId();
  try {
    await client.connect();
    await client.query(
      `INSERT INTO approval_copy (approval_id, selection, requested_by, decided_by, decision, expires_at)
       VALUES ($1, $2, $3, 'second-person', 'approved', now() + interval '15 minutes')`,
      [approvalId, selection, requestedBy],
    );
    return approvalId;
  } catch {
    return undefined;
  } finally {
    await client.end().catch(() => undefined);
  }
}

const oneOf = <T>(list: readonly T[]): T => {
  const one = list[Math.floor(Math.random() * list.length)];
  if (one === undefined) throw new Error('nothing to choose from');
  return one;
};

/** What goes on in a city while parts of it are killed: one caller a resident, and a desk that administers. */
export function cityLife(residents: readonly string[]) {
  const partners = newResidents(residents.length);
  const seats = Math.ceil(residents.length / 150);
  let places: Place[] = [];
  let waitedFor: WaitedForSlot[] = [];
  let others: string[] = [];
  let sessions: string[] = [];
  let undecided = 0;
  let takenAway = 0;
  let reservationsUrl = '';

  async function story(index: number, living: Living): Promise<Ending> {
    const { tokens } = living;
    const residentId = residents[index] ?? '';
    const telling = { ...living, someSlot: () => oneOf(others) };
    let dice = Math.random() * 100;
    if ((dice -= SHARES.waiting) < 0)
      return tellWaitingStory(telling, await serve(tokens, residentId), oneOf(waitedFor));
    if ((dice -= SHARES.together) < 0) {
      const partner = partners[index] ?? '';
      return tellTogetherStory(telling, await serveAll(tokens, [residentId, partner]), partner);
    }
    if (dice - SHARES.visit < 0) {
      const { id: slotId, venueCode } = oneOf(places);
      const staff = await serveAtVenue(tokens, residentId);
      return tellVisitStory(telling, staff, { slotId, venueCode });
    }
    return tellStory(telling, await serve(tokens, residentId));
  }

  return {
    prepare: async (ownerUrl: string): Promise<void> => {
      reservationsUrl = ownerUrl;
      const size = Array.from({ length: SLOTS }, (_, index) => {
        if (isWaitedFor(index)) return WAITED_FOR_SEATS;
        return isSmall(index) ? SMALL_SEATS : seats;
      });
      const everybody = [...residents, ...partners];
      const filled = await fillVenues(ownerUrl, { residents: everybody, seats: size });
      const { slots } = filled;
      places = filled.places;
      others = slots.filter((_, index) => !isWaitedFor(index));
      ({ waitedFor, sessions } = await lookAt(ownerUrl, slots));
    },
    /** One caller from first word to last. */
    tell: async (index: number, living: Living): Promise<void> => {
      if ((await story(index, living)) === undefined) undecided += 1;
    },
    administer: async (living: Living, until: { over: boolean }): Promise<void> => {
      const { token } = await living.tokens.actor('operations-manager');
      const agree = (selection: string, requestedBy: string) =>
        agreeAt(reservationsUrl, selection, requestedBy);
      const desk = { actorToken: token, sessions, seats, agree };
      const outcome = await runDesk(living, desk, until);
      undecided += outcome.undecided;
      takenAway += outcome.takenAway;
    },
    /** Commands of which nobody ever learnt what became of them. */
    undecided: (): number => undecided,
    /** Closings and cuts by which somebody lost a seat, each agreed to by a second person. */
    takenAway: (): number => takenAway,
  };
}
