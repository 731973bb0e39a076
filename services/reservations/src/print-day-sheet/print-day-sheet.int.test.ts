import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as contract from '@madoguchi/contracts';
import { addDays, newId, ok, refuse, tokyoDate } from '@madoguchi/kernel';
import { defineService, operation } from '@madoguchi/service';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ReservationsWorld } from '../store/reservations-world.fixture.ts';
import { reservationsWorld } from '../store/reservations-world.fixture.ts';

type Names = typeof contract.namesForDaySheet;

/** What the register answers; another service, so only its contract is played here. */
let names: ReadonlyMap<string, string> | undefined;
let asked: contract.RequestOf<Names>[] = [];
const register = defineService({
  name: 'registry',
  config: {},
  wire: () => [
    operation(contract.namesForDaySheet, async (request) => {
      asked.push(request);
      if (!names) return refuse('approval_required');
      const people = request.residentIds.flatMap((residentId) => {
        const name = names?.get(residentId);
        return name ? [{ residentId, name, nameKana: 'カナ', dateOfBirth: '1960-01-01' }] : [];
      });
      return ok({ people });
    }),
  ],
});

const folder = mkdtempSync(join(tmpdir(), 'madoguchi-day-sheet-'));
let world: ReservationsWorld;
let days = 1;
beforeAll(async () => {
  world = await reservationsWorld({ beside: [register] });
});
afterAll(async () => {
  await world.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** A day of a venue on which as many come, the first of them known by these names. */
async function dayOf(people: readonly (string | undefined)[]) {
  days += 1;
  const day = addDays(tokyoDate(new Date()), days);
  const slots = await world.sql<{ id: string; venueCode: string; startsAt: string }>(
    `SELECT id, venue_code AS "venueCode", starts_at AS "startsAt" FROM slot
     WHERE day = $1 AND venue_code = (SELECT min(code) FROM venue) ORDER BY starts_at LIMIT $2`,
    [day, people.length],
  );
  const booked = [];
  for (const slot of slots) booked.push({ ...slot, ...(await world.book(slot.id)) });
  names = new Map(
    booked.flatMap(({ residentId }, index) => {
      const name = people[index];
      return name === undefined ? [] : [[residentId, name] as const];
    }),
  );
  asked = [];
  return { day, booked, venueCode: slots[0]?.venueCode ?? '1312300011' };
}
async function print(
  sheet: { venueCode: string; day: string },
  format: contract.DaySheetFormat = 'pdf',
  role: contract.Role = 'venue-staff',
) {
  const { venueCode, day } = sheet;
  const actor = await world.actor(role, { venueCodes: [venueCode] });
  const approvalId = newId();
  const answer = await world.call(
    contract.printDaySheet,
    { venueCode, day, format, approvalId },
    { actorToken: actor.token },
  );
  return { answer, approvalId, actor };
}
const entries = (approvalId: string) =>
  world
    .sql<{ entry: Record<string, unknown> }>(
      `SELECT entry FROM relay.audit_entry WHERE entry->'detail'->>'approvalId' = $1 ORDER BY seq`,
      [approvalId],
    )
    .then((rows) => rows.map((row) => row.entry));

describe('a day sheet', () => {
  it('is a PDF of who comes when, entered in the log before it leaves', async () => {
    const sheet = await dayOf(['江戸川　花子', undefined, '𠮷田　髙子']);
    const { answer, approvalId, actor } = await print(sheet);
    if (!answer.ok) throw new Error(answer.refusal.code);
    expect(answer.value).toMatchObject({
      mediaType: 'application/pdf',
      fileName: `day-sheet-${sheet.venueCode}-${sheet.day}.pdf`,
      people: 3,
      withoutName: 1,
    });
    const path = join(folder, 'sheet.pdf');
    writeFileSync(path, Buffer.from(answer.value.contentBase64, 'base64'));
    const text = execFileSync('pdftotext', ['-layout', path, '-'], { encoding: 'utf8' });
    expect(text).toMatch(/江戸川\s+花子[\s\S]*受付で確認してください[\s\S]*𠮷田\s+髙子/u);
    const residents = sheet.booked.map((one) => one.residentId);
    expect(asked).toEqual([
      {
        venueCode: sheet.venueCode,
        day: sheet.day,
        approvalId,
        runId: approvalId,
        residentIds: residents,
        leftOut: false,
      },
    ]);
    expect(await entries(approvalId)).toMatchObject([
      { action: 'print', outcome: 'done', purpose: 'venue-day', actorId: actor.id, residents },
    ]);
  });

  it('leaves without names, and nothing leaves at all, where the register has no approval', async () => {
    const sheet = await dayOf(['江戸川　花子']);
    names = undefined;
    const { answer, approvalId } = await print(sheet, 'csv-utf8', 'city-staff');
    expect(answer).toEqual({ ok: false, refusal: { code: 'approval_required' } });
    expect(await entries(approvalId)).toMatchObject([
      { action: 'refusal', outcome: 'refused', detail: { code: 'approval_required' } },
    ]);
  });

  it('is CSV in UTF-8 or CP932, and says what CP932 cannot carry', async () => {
    const sheet = await dayOf(['=渡邉', undefined]);
    const utf8 = await print(sheet, 'csv-utf8');
    if (!utf8.answer.ok) throw new Error(utf8.answer.refusal.code);
    const bytes = Buffer.from(utf8.answer.value.contentBase64, 'base64');
    const [header, first, second] = bytes.toString('utf8').split('\r\n');
    expect(header).toBe(
      '\ufeff"時刻","予約番号","氏名","フリガナ","生年月日","回数","ワクチン","同伴"',
    );
    const [one, two] = sheet.booked;
    expect(first).toMatch(
      new RegExp(`^"${one?.startsAt}","[0-9-]{11}","'=渡邉","カナ","昭和35年1月1日","1回目",`, 'u'),
    );
    expect(second).toMatch(new RegExp(`^"${two?.startsAt}","[0-9-]{11}","","","","","",""$`, 'u'));
    const cp932 = await print(sheet, 'csv-cp932');
    if (!cp932.answer.ok) throw new Error(cp932.answer.refusal.code);
    const text = new TextDecoder('shift_jis', { fatal: true }).decode(
      Buffer.from(cp932.answer.value.contentBase64, 'base64'),
    );
    expect(text.split('\r\n')[1]).toBe(first);
    const rare = await print(await dayOf(['𠮷田']), 'csv-cp932');
    expect(rare.answer).toEqual({
      ok: false,
      refusal: { code: 'character_missing', details: { codePoints: ['U+20BB7'] } },
    });
    expect(await entries(rare.approvalId)).toMatchObject([
      { outcome: 'refused', detail: { code: 'character_missing' } },
    ]);
  });

  it('is not printed with a character that no font has (B53)', async () => {
    const { answer } = await print(await dayOf(['外字\u{e123}']));
    expect(answer).toEqual({
      ok: false,
      refusal: { code: 'glyph_missing', details: { codePoints: ['U+E123'] } },
    });
  });

  it('has nobody who cancelled, and is empty on a day without bookings', async () => {
    const sheet = await dayOf(['江戸川　花子', '東　京子']);
    const [gone] = sheet.booked;
    await world.sql(
      `UPDATE reservation SET state = 'cancelled', cancelled_at = now() WHERE id = $1`,
      [gone?.reservationId],
    );
    expect((await print(sheet)).answer).toMatchObject({ ok: true, value: { people: 1 } });
    const nobody = { ...sheet, day: addDays(tokyoDate(new Date()), 300) };
    expect((await print(nobody)).answer).toMatchObject({ ok: true, value: { people: 0 } });
    names = undefined;
    expect((await print(nobody)).answer).toMatchObject({ refusal: { code: 'approval_required' } });
    const nowhere = { ...sheet, venueCode: '9999999999' };
    expect((await print(nowhere)).answer).toMatchObject({ refusal: { code: 'venue_not_found' } });
  });

  it('is nothing for operators', async () => {
    const sheet = await dayOf(['江戸川　花子']);
    for (const role of ['operator', 'senior-operator', 'operations-manager'] as const)
      expect((await print(sheet, 'pdf', role)).answer).toMatchObject({
        refusal: { code: 'not_allowed' },
      });
  });
});
