import * as contract from '@madoguchi/contracts';
import { newId } from '@madoguchi/kernel';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RegistryWorld } from '../store/registry-world.fixture.ts';
import { registryWorld } from '../store/registry-world.fixture.ts';

const now = new Date('2026-11-24T01:00:00Z');
const venueCode = '1312300011';
const day = '2026-11-25';
let world: RegistryWorld;
let everybody: string[];

beforeAll(async () => {
  world = await registryWorld({ now: () => now });
  everybody = await Promise.all(
    ['1', '2', '3', '4', '5'].map((last) => world.idOf(`000000000${last}`)),
  );
});
afterAll(() => world.stop());

async function approved(
  requestedBy: string,
  changes: { selection?: string | null; expiresAt?: Date; kind?: string } = {},
): Promise<string> {
  const approvalId = newId();
  await world.sql(
    'registry',
    `INSERT INTO approval_copy (approval_id, kind, requested_by, decision, expires_at, selection)
     VALUES ($1, $2, $3, 'approved', $4, $5)`,
    [
      approvalId,
      changes.kind ?? 'export',
      requestedBy,
      changes.expiresAt ?? new Date(now.getTime() + 60_000),
      changes.selection === undefined
        ? contract.daySheetSelection(venueCode, day)
        : changes.selection,
    ],
  );
  return approvalId;
}
const ask = (
  actorToken: string,
  approvalId: string,
  rest: Partial<contract.RequestOf<typeof contract.namesForDaySheet>> = {},
) =>
  world.call(
    contract.namesForDaySheet,
    { venueCode, day, approvalId, runId: newId(), residentIds: everybody, leftOut: true, ...rest },
    { actorToken },
  );
const REFUSED = { ok: false, refusal: { code: 'approval_required' } };

describe('names for a day sheet', () => {
  it('are those of residents of the day that nothing protects, with what a venue may see', async () => {
    const { id, token } = await world.actor('city-staff');
    const runId = newId();
    const answer = await ask(token, await approved(id), { runId });
    expect(answer).toEqual({
      ok: true,
      value: {
        people: [
          {
            residentId: everybody[0],
            name: '渡邉　花子',
            nameKana: 'ワタナベ ハナコ',
            dateOfBirth: '1964-03-05',
          },
        ],
      },
    });
    const aside = await world.sql<{ resident_id: string }>(
      'registry',
      'SELECT resident_id FROM bulk_left_out WHERE run_id = $1 ORDER BY 1',
      [runId],
    );
    expect(aside.map((one) => one.resident_id)).toEqual(everybody.slice(1, 3).toSorted());
    const entries = (await world.audit()).filter(
      (entry) => entry['operation'] === 'registry.names-for-day-sheet',
    );
    expect(entries).toMatchObject([
      { action: 'change', purpose: 'venue-day' },
      { action: 'print', actorId: id, residents: [everybody[0]], fieldClasses: ['name', 'birth'] },
    ]);
  });

  it('put nobody into the queue of the desk who stands on the sheet by time', async () => {
    const { id, token } = await world.actor('venue-staff', { venueCodes: [venueCode] });
    const runId = newId();
    const answer = await ask(token, await approved(id), { runId, leftOut: false });
    expect(answer).toMatchObject({ ok: true, value: { people: [{ residentId: everybody[0] }] } });
    const aside = await world.sql('registry', 'SELECT 1 FROM bulk_left_out WHERE run_id = $1', [
      runId,
    ]);
    expect(aside).toEqual([]);
  });

  it('are given for one run of who asked, and for this selection only', async () => {
    const venueCodes = [venueCode, '1312300029'];
    const { id, token } = await world.actor('venue-staff', { venueCodes });
    const other = await world.actor('venue-staff', { venueCodes: [venueCode] });
    const approvalId = await approved(id);
    expect(await ask(other.token, approvalId)).toEqual(REFUSED);
    expect(await ask(token, approvalId, { day: '2026-11-26' })).toEqual(REFUSED);
    expect(await ask(token, approvalId, { venueCode: '1312300029' })).toEqual(REFUSED);
    const runId = newId();
    expect(await ask(token, approvalId, { runId })).toMatchObject({ ok: true });
    expect(await ask(token, approvalId, { runId })).toMatchObject({ ok: true });
    expect(await ask(token, approvalId)).toEqual(REFUSED);
  });

  it('need an approval that is in force, of this kind, with a selection', async () => {
    const { id, token } = await world.actor('venue-staff', { venueCodes: [venueCode] });
    for (const changes of [{ selection: null }, { expiresAt: now }, { kind: 'break-glass' }])
      expect(await ask(token, await approved(id, changes))).toEqual(REFUSED);
    const unheard = { ok: false, refusal: { code: 'approval_not_here_yet' } };
    expect(await ask(token, newId())).toMatchObject(unheard);
    const nobody = { residentIds: [] };
    expect(await ask(token, newId(), nobody)).toMatchObject(unheard);
    expect(await ask(token, await approved(id), nobody)).toEqual({
      ok: true,
      value: { people: [] },
    });
  });
});
