import type { Who } from '@madoguchi/contracts';
import { addDays, newId, tokyoDate } from '@madoguchi/kernel';
import { MUNICIPALITY } from '@madoguchi/testing/test-world';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { foreseeClosing } from '../close-session/foresee-closing.ts';
import { importFile } from '../import-sessions/import-file.ts';
import type { ReservationsWorld } from '../store/reservations-world.fixture.ts';
import { reservationsWorld } from '../store/reservations-world.fixture.ts';
import { sessionsFile } from './sessions-file.ts';

let here: ReservationsWorld;
let elsewhere: ReservationsWorld;
beforeAll(async () => {
  here = await reservationsWorld();
  elsewhere = await reservationsWorld();
});
afterAll(async () => {
  await here.stop();
  await elsewhere.stop();
});

const who: Who = {
  municipalityCode: MUNICIPALITY,
  actorId: 'command:test',
  role: 'system-administrator',
  correlationId: newId(),
};
const from = addDays(tokyoDate(new Date()), 1);
const to = addDays(from, 60);
const write = (
  { service }: ReservationsWorld,
  encoding: 'cp932' | 'utf-8',
  venueCode?: string,
  until = to,
) =>
  service.runtime.database.transaction(who, (tx) =>
    sessionsFile(tx, { venueCode, from, to: until, encoding }),
  );
const written = async (...given: Parameters<typeof write>) => {
  const file = await write(...given);
  if (!file.ok) throw new Error(file.refusal.code);
  return file.value;
};
const open = ({ service }: ReservationsWorld, bytes: Uint8Array) =>
  service.runtime.database.transaction(who, (tx) =>
    importFile(tx, bytes, { now: new Date(), dryRun: false }),
  );
const sortedLines = (bytes: Uint8Array) =>
  Buffer.from(bytes).toString('utf8').split('\r\n').toSorted();

describe('a file of all sessions', () => {
  it.each(['cp932', 'utf-8'] as const)(
    'in %s opens the same ones in another database',
    async (encoding) => {
      const file = await written(here, encoding);
      expect(file.rows).toBeGreaterThan(100);
      await elsewhere.sql('DELETE FROM slot');
      await elsewhere.sql('DELETE FROM session');
      expect(await open(elsewhere, file.bytes)).toMatchObject({
        ok: true,
        value: { encoding, opened: file.rows, refused: [] },
      });
      const again = await written(elsewhere, 'utf-8');
      expect(sortedLines(again.bytes)).toEqual(sortedLines((await written(here, 'utf-8')).bytes));
    },
  );

  it('is of one venue, says what is closed, and is none where there is nothing', async () => {
    await here.sql(
      `UPDATE session SET state = 'closed', reason = 'x' WHERE venue_code = '1312300029' AND day = $1`,
      [from],
    );
    const one = await written(here, 'utf-8', '1312300029', from);
    expect(one).toMatchObject({ rows: 1, closed: 1 });
    expect(Buffer.from(one.bytes).toString('utf8')).toMatch(/休止\r\n$/u);
    expect(await write(here, 'cp932', '9999999999')).toMatchObject({
      refusal: { code: 'session_not_found' },
    });
  });

  it('is refused where it would have to leave sessions out', async () => {
    await elsewhere.sql(
      `INSERT INTO session
       SELECT (jsonb_populate_record(NULL::session,
         to_jsonb(s) || jsonb_build_object('id', gen_random_uuid(), 'day', s.day + n))).*
       FROM (SELECT * FROM session ORDER BY id LIMIT 1) s, generate_series(1000, 6000) n`,
    );
    expect(await write(elsewhere, 'utf-8', undefined, addDays(to, 9_000))).toMatchObject({
      refusal: { code: 'sessions_too_many', details: { most: 5_000 } },
    });
  });
});

describe('a closing that is foreseen', () => {
  it('says which sessions and whom it would hit, as the closing then does, and changes nothing', async () => {
    const day = addDays(from, 2);
    const [session] = await here.sql<{ id: string; venueCode: string }>(
      `SELECT id, venue_code AS "venueCode" FROM session WHERE day = $1 ORDER BY venue_code LIMIT 1`,
      [day],
    );
    if (!session) throw new Error('no session');
    const days = { venueCode: session.venueCode, from: day, to: day, reason: 'typhoon' };
    const foresee = (venueCode = days.venueCode) =>
      foreseeClosing(here.service.runtime.database.read, { ...days, venueCode }, new Date());
    expect(await foresee()).toMatchObject({ value: { toBeCalled: 0, secondPerson: false } });
    const [slot] = await here.sql<{ id: string }>(
      'SELECT id FROM slot WHERE session_id = $1 ORDER BY starts_at LIMIT 1',
      [session.id],
    );
    await here.book(slot?.id ?? '');
    expect(await foresee()).toMatchObject({
      value: {
        sessions: [{ sessionId: session.id, day, startsAt: '09:00', endsAt: '16:30', booked: 1 }],
        toBeCalled: 1,
        secondPerson: true,
      },
    });
    expect(await here.sql('SELECT state FROM session WHERE id = $1', [session.id])).toEqual([
      { state: 'open' },
    ]);
    expect(await foresee('9999999999')).toMatchObject({ refusal: { code: 'venue_not_found' } });
  });
});
