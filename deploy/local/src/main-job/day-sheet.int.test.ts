import * as contract from '@madoguchi/contracts';
import { addDays, newId, tokyoDate } from '@madoguchi/kernel';
import type { RegistryWorld } from '@madoguchi/registry/store/registry-world.fixture';
import { registryWorld } from '@madoguchi/registry/store/registry-world.fixture';
import { seedDemoProgramme } from '@madoguchi/reservations/seed-demo/seed-demo';
import { reservations } from '@madoguchi/reservations/service';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

// Reservations and the register as they are, each behind its own key.
let world: RegistryWorld;
const now = new Date();
const day = addDays(tokyoDate(now), 3);
let venueCode: string;

beforeAll(async () => {
  world = await registryWorld({ now: () => now });
  const { runtime } = await world.start(reservations);
  await seedDemoProgramme(runtime);
  const slots = await world.sql<{ id: string; venueCode: string }>(
    'reservations',
    `SELECT id, venue_code AS "venueCode" FROM slot
     WHERE day = $1 AND venue_code = (SELECT min(code) FROM venue) ORDER BY starts_at LIMIT 3`,
    [day],
  );
  venueCode = slots[0]?.venueCode ?? '';
  // An ordinary person, a protected one, and one who moved away.
  for (const [index, last] of ['1', '2', '4'].entries())
    await world.sql(
      'reservations',
      `INSERT INTO reservation (id, municipality_code, resident_id, programme_code, dose_number, slot_id, state,
         channel, confirmation_number, booked_by, booked_at)
       VALUES ($1, '131237', $2, 'autumn', 1, $3, 'booked', 'phone', $4, 'test', now())`,
      [newId(), await world.idOf(`000000000${last}`), slots[index]?.id, `000-000-00${last}`],
    );
});
afterAll(() => world.stop());

describe('a day sheet, from the register to the venue', () => {
  it('names the one who may be named, and tells nobody which of the others is protected', async () => {
    const { id, token: actorToken } = await world.actor('city-staff');
    const approvalId = newId();
    const print = (format: contract.DaySheetFormat) =>
      world.call(contract.printDaySheet, { venueCode, day, format, approvalId }, { actorToken });
    expect(await print('csv-utf8')).toEqual({
      ok: false,
      refusal: { code: 'approval_not_here_yet', details: { retryAfterMs: 1_000 } },
    });
    await world.sql(
      'registry',
      `INSERT INTO approval_copy (approval_id, kind, requested_by, decision, expires_at, selection)
       VALUES ($1, 'export', $2, 'approved', now() + interval '1 hour', $3)`,
      [approvalId, id, contract.daySheetSelection(venueCode, day)],
    );
    const csv = await print('csv-utf8');
    if (!csv.ok) throw new Error(csv.refusal.code);
    expect(csv.value).toMatchObject({ people: 3, withoutName: 2 });
    const text = Buffer.from(csv.value.contentBase64, 'base64').toString('utf8');
    const [, first, second, third] = text.split('\r\n');
    expect(first).toContain(
      '"000-000-001","渡邉　花子","ワタナベ ハナコ","昭和39年3月5日","1回目"',
    );
    expect(second).toMatch(/^"\d\d:\d\d","000-000-002","","","","","",""$/);
    expect(third).toMatch(/^"\d\d:\d\d","000-000-004","","","","","",""$/);
    expect(text).not.toMatch(/西葛西|090|佐藤|鈴木/u);
    // The same approval, on paper.
    expect(await print('pdf')).toMatchObject({ ok: true, value: { people: 3 } });
  });
});
