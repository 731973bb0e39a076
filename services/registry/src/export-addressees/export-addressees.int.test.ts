import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mailingSelection } from '@madoguchi/contracts';
import { newId } from '@madoguchi/kernel';
import { MUNICIPALITY } from '@madoguchi/testing/test-world';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RegistryWorld } from '../store/registry-world.fixture.ts';
import { importer, registryWorld } from '../store/registry-world.fixture.ts';
import { exportAddressees } from './export-addressees.ts';

const now = new Date('2026-11-24T01:00:00Z');
let world: RegistryWorld;
let folder: string;
beforeAll(async () => {
  world = await registryWorld({ now: () => now });
  folder = await mkdtemp(join(tmpdir(), 'madoguchi-export-'));
});
afterAll(async () => {
  await world.stop();
  await rm(folder, { recursive: true, force: true });
});

async function approval(
  kind = 'export',
  expiresAt = new Date(now.getTime() + 60_000),
  selection = mailingSelection('1900-01-01', '2026-11-24'),
) {
  const approvalId = newId();
  await world.sql(
    'registry',
    `INSERT INTO approval_copy (approval_id, kind, requested_by, decision, expires_at, selection)
     VALUES ($1, $2, 'somebody', 'approved', $3, $4)`,
    [approvalId, kind, expiresAt, selection],
  );
  return approvalId;
}
const exported = (approvalId: string, bornTo = '2026-11-24') =>
  exportAddressees({
    database: world.service.runtime.database,
    who: importer,
    municipalityCode: MUNICIPALITY,
    today: '2026-11-24',
    bornFrom: '1900-01-01',
    bornTo,
    path: join(folder, 'file.csv'),
    approvalId,
    now,
  });

describe('a bulk file of addresses', () => {
  it('needs a second person, and is not begun without', async () => {
    const refused = { refusal: { code: 'approval_required' } };
    // Of a yes that was given just now nothing may be here yet: whoever asks comes back for it.
    expect(await exported(newId())).toEqual({
      ok: false,
      refusal: { code: 'approval_not_here_yet', details: { retryAfterMs: 1_000 } },
    });
    expect(await exported(await approval('break-glass'))).toMatchObject(refused);
    expect(await exported(await approval('export', now))).toMatchObject(refused);
    const later = new Date(now.getTime() + 60_000);
    const ofASheet = await approval('export', later, 'day-sheet/1312300011/2026-11-25');
    expect(await exported(ofASheet)).toMatchObject(refused);
    const ofOthers = await approval('export', later, 'mailing/1900-01-01/1950-12-31');
    expect(await exported(ofOthers)).toMatchObject(refused);
    expect(await readdir(folder)).toEqual([]);
  });

  it('leaves the protected out into a queue of the desk, and names everybody in the audit log', async () => {
    const approvalId = await approval();
    expect(await exported(approvalId)).toEqual({ ok: true, value: { written: 1, setAside: 2 } });
    expect(await exported(approvalId)).toMatchObject({ ok: false });
    // Staff is told once that it is used up.
    expect(
      await world.sql(
        'registry',
        `SELECT payload FROM relay.outbox WHERE subject LIKE 'ev.registry.approval.used.%'`,
      ),
    ).toEqual([{ payload: { approvalId, usedAt: now.toISOString() } }]);
    const text = await readFile(join(folder, 'file.csv'), 'utf8');
    expect(text.split('\r\n')).toEqual([
      '\ufeff宛名番号,氏名,氏名カナ,生年月日,郵便番号,住所,方書',
      expect.stringMatching(/^"0000000001","渡邉　花子"/u),
      '',
    ]);
    const waiting = await world.sql<{ number: string }>(
      'registry',
      `SELECT addressee_number AS number FROM bulk_left_out b JOIN resident r ON r.id = b.resident_id
       WHERE handled_at IS NULL ORDER BY 1`,
    );
    expect(waiting.map((one) => one.number)).toEqual(['0000000002', '0000000003']);
    const entries = (await world.audit()).filter(
      (entry) => entry['operation'] === 'registry.export-addressees' && entry['outcome'] === 'done',
    );
    expect(
      entries.map((entry) => [entry['action'], (entry['residents'] as string[]).length]),
    ).toEqual([
      ['change', 2],
      ['disclosure', 1],
    ]);
    const ofThese = mailingSelection('1900-01-01', '1963-12-31');
    const later = new Date(now.getTime() + 60_000);
    expect(await exported(await approval('export', later, ofThese), '1963-12-31')).toMatchObject({
      value: { written: 0, setAside: 0 },
    });
  });
});
