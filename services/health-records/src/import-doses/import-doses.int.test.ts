import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as contract from '@madoguchi/contracts';
import { addDays, cp932Table, encodeCp932, newId, ok, tokyoDate } from '@madoguchi/kernel';
import type { RunningService } from '@madoguchi/service';
import { defineService, operation } from '@madoguchi/service';
import type { TestWorld } from '@madoguchi/testing/test-world';
import { eventually, MUNICIPALITY, testWorld } from '@madoguchi/testing/test-world';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seedDemoDoses } from '../seed-demo/seed-demo.ts';
import { healthRecords } from '../service.ts';
import type { ImportDosesOptions } from './import-doses.ts';
import { importDoses } from './import-doses.ts';

let world: TestWorld;
let service: RunningService;
const folder = mkdtempSync(join(tmpdir(), 'madoguchi-doses-'));

beforeAll(async () => {
  world = await testWorld();
  service = await world.start(healthRecords);
});
afterAll(async () => {
  await world.stop();
  rmSync(folder, { recursive: true, force: true });
});

const HEADER = [
  '個別宛名番号',
  ...[1, 2].flatMap((dose) =>
    [
      '接種履歴登録日時',
      '接種日',
      '券番号',
      '接種自治体コード',
      '接種会場名',
      '接種医師名',
      'ワクチンメーカー',
      'ワクチンロット番号',
    ].map((name) => `${dose}回目${name}`),
  ),
].join(',');
const dose = (date: string, lot = 'EX1', maker = 'ファイザー'): string =>
  `20260401090000,${date},0000000012,131237,葛西区民館,医師,${maker},${lot}`;
const NO_DOSE = ',,,,,,,';

const who = {
  municipalityCode: MUNICIPALITY,
  actorId: 'administrator',
  role: 'system-administrator' as const,
  correlationId: newId(),
};
function importText(
  lines: string[],
  residents: Record<string, string>,
  changes: Partial<ImportDosesOptions> & { bytes?: Uint8Array } = {},
) {
  const path = join(folder, 'vrs.csv');
  writeFileSync(path, changes.bytes ?? [HEADER, ...lines].join('\r\n'));
  return importDoses({
    database: service.runtime.database,
    clock: service.runtime.clock,
    who,
    path,
    residentsOf: async () => new Map(Object.entries(residents)),
    ...changes,
  });
}
async function listed(residentId: string, purpose: contract.Purpose) {
  const operator = await world.actor('operator');
  const grant = await world.grant({
    operatorId: operator.id,
    residents: [residentId],
    purposes: [purpose],
  });
  return world.call(contract.listDoses, { residentId }, { actorToken: operator.token, grant });
}

describe('importing the VRS ledger', () => {
  it('records doses, leaves known ones alone and corrects what differs', async () => {
    const residentId = newId();
    const lines = [`  77,${dose('20260401')},${dose('20260422')}`];
    const residents = { '77': residentId };
    expect(await importText(lines, residents)).toMatchObject({
      ok: true,
      value: { rows: 1, doses: 2, added: 2, corrected: 0, refused: [] },
    });
    expect(await importText(lines, residents)).toMatchObject({
      value: { added: 0, corrected: 0, unchanged: 2 },
    });
    const corrected = [`77,${dose('20260401')},${dose('20260423')}`];
    expect(await importText(corrected, residents)).toMatchObject({
      value: { added: 0, corrected: 1, unchanged: 1 },
    });
    const rows = await world.sql(
      'health-records',
      `SELECT payload->'doses' AS doses FROM relay.outbox WHERE payload ? 'doses' ORDER BY position DESC LIMIT 1`,
    );
    expect(rows).toMatchObject([
      { doses: [{ version: 2, doseNumber: 2, vaccinationDate: '2026-04-23' }] },
    ]);
  });

  it('reports refused rows by line and column, without their values', async () => {
    const good = newId();
    const report = await importText(
      [
        `1,${dose('20260401')},${NO_DOSE}`,
        `2,${dose('20260230')},${NO_DOSE}`,
        `3,${dose('20260401')},${NO_DOSE}`,
        `1,${dose('20260401', 'EX1', '新しい会社')},${NO_DOSE}`,
      ],
      { '1': good, '2': newId() },
    );
    expect(report).toMatchObject({
      ok: true,
      value: {
        rows: 4,
        added: 1,
        refusedRows: 3,
        refused: [
          { line: 3, column: '1回目接種日' },
          { line: 4, column: '個別宛名番号' },
          { line: 5, column: '1回目ワクチンメーカー' },
        ],
      },
    });
    expect(JSON.stringify(report)).not.toMatch(/新しい会社|20260230/);
  });

  it('finds a resident without a number by a ticket that the ledger knows', async () => {
    const residentId = newId();
    await world.sql(
      'health-records',
      `INSERT INTO ticket_ledger_entry VALUES ($1, $2, $3, 'issued', '0000000012', 1, NULL, now())`,
      [newId(), residentId, newId()],
    );
    expect(await importText([`,${dose('20260401')},${NO_DOSE}`], {})).toMatchObject({
      value: { added: 1, refusedRows: 0 },
    });
    expect(await listed(residentId, 'own-record')).toMatchObject({
      value: { doses: [{ vaccinationDate: '2026-04-01' }] },
    });
  });

  it('reads CP932, tries a file out, and refuses what is no such file', async () => {
    const text = [HEADER, `5,${dose('20260401')},${NO_DOSE}`].join('\r\n');
    const { bytes } = encodeCp932(text, cp932Table());
    const residents = { '5': newId() };
    expect(await importText([], residents, { bytes, dryRun: true })).toMatchObject({
      value: { encoding: 'shift_jis', doses: 1, added: 0 },
    });
    expect(await importText([], residents, { bytes })).toMatchObject({ value: { added: 1 } });
    const refused = { ok: false, refusal: { code: 'import_refused' } };
    expect(await importText([], {}, { bytes: Buffer.from('氏名,住所\r\nx,y') })).toMatchObject(
      refused,
    );
    expect(await importText([], {}, { bytes: Buffer.from('') })).toMatchObject(refused);
    expect(await importText([`1,"${dose('20260401')}`], {})).toMatchObject(refused);
  });

  it('runs one at a time', async () => {
    const residents = { '9': newId() };
    const lines = [`9,${dose('20260401')},${NO_DOSE}`];
    const outcomes: string[] = [];
    let inner: Promise<unknown> = Promise.resolve();
    await importText(lines, residents, {
      residentsOf: async () => {
        inner = importText(lines, residents).then((second) =>
          outcomes.push(second.ok ? 'ok' : second.refusal.code),
        );
        await inner;
        return new Map(Object.entries(residents));
      },
    });
    expect(outcomes).toEqual(['import_running']);
  });
});

describe('listing doses', () => {
  it('shows what policy gives to the purpose, and audits it', async () => {
    const residentId = newId();
    await importText([`1,${dose('20260401')},${NO_DOSE}`], { '1': residentId });
    const answer = await listed(residentId, 'own-record');
    if (!answer.ok) throw new Error(answer.refusal.code);
    const [view] = answer.value.doses;
    expect(view).toMatchObject({ doseNumber: 1, vaccinationDate: '2026-04-01' });
    expect(await listed(newId(), 'inquiry')).toMatchObject({
      refusal: { code: 'purpose_not_allowed' },
    });
    const audit = await world.sql(
      'health-records',
      `SELECT 1 FROM relay.audit_entry WHERE entry->>'operation' = 'health-records.list-doses'
         AND entry->'residents' ? $1`,
      [residentId],
    );
    expect(audit).toHaveLength(1);
  });
});

describe('the demo', () => {
  it('gives some residents an earlier dose, once, and tells the neighbours', async () => {
    const sixYearsAgo = addDays(tokyoDate(new Date()), -2_200);
    const residents = Array.from({ length: 300 }, (_, place) => ({
      residentId: newId(),
      version: 1,
      dateOfBirth: place % 10 === 0 ? sixYearsAgo : '1970-01-01',
      residency: [],
      refer: place % 7 === 0,
    }));
    await world.sql('health-records', 'DELETE FROM dose');
    await world.start(
      defineService({
        name: 'registry',
        config: {},
        wire: () => [
          operation(contract.snapshotResidents, async ({ after }) =>
            ok(
              after === undefined
                ? { residents: residents.slice(0, 200), next: residents[199]?.residentId ?? '' }
                : { residents: residents.slice(200) },
            ),
          ),
        ],
      }),
    );
    const expected = residents.filter(
      (one) => one.residentId.endsWith('0') && !one.refer && one.dateOfBirth < '2010',
    ).length;
    expect(await seedDemoDoses(service.runtime)).toEqual({ doses: expected });
    expect(await seedDemoDoses(service.runtime)).toEqual({ doses: 0 });
    await eventually('an empty outbox', async () => {
      const waiting = await world.sql(
        'health-records',
        'SELECT 1 FROM relay.outbox WHERE published_at IS NULL',
      );
      return waiting.length === 0;
    });
    const snapshot = await world.call(
      contract.snapshotDoses,
      {},
      { actorToken: await service.runtime.ownActorToken() },
    );
    expect(snapshot.ok && snapshot.value.doses).toHaveLength(expected);
  });
});
