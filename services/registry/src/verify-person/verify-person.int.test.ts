import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as contract from '@madoguchi/contracts';
import { calendarDate, cp932Table, encodeCp932, newId } from '@madoguchi/kernel';
import { testWorld } from '@madoguchi/testing/test-world';
import type { TestWorld } from '@madoguchi/testing/test-world';
import type { RunningService } from '@madoguchi/service';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { importResidents } from '../import-residents/import-residents.ts';
import { inventResidents } from '../invent-residents/invent-residents.ts';
import { writeResidentsFile } from '../invent-residents/write-residents-file.ts';
import { registry } from '../service.ts';

let world: TestWorld;
let service: RunningService;
let folder: string;

const HEAD =
  '宛名番号,氏名,氏名カナ,性別,生年月日,世帯番号,住所,電話番号,規制情報,消除年月日,転出先住所,余分';
const ROWS = [
  '0000000001,渡邉　花子,ﾜﾀﾅﾍﾞ ﾊﾅｺ,2,S39.3.5,H1,東京都江戸川区西葛西６丁目２３番１号,090-1234-5678,,,,x',
  '0000000002,髙橋　護,ﾀｶﾊｼ ﾏﾓﾙ,1,19700101,H2,東京都江戸川区平井１丁目１番１号,,支援措置,,,',
  '0000000003,髙橋　守子,ﾀｶﾊｼ ﾓﾘｺ,2,19720202,H2,東京都江戸川区平井１丁目１番１号,,,,,',
  '0000000004,田中　移,ﾀﾅｶ ｳﾂﾙ,1,19800303,H3,東京都江戸川区小松川１丁目１番１号,,,,20260101,千葉県市川市八幡１－１,',
  '0000000005,壊れた　行,,5,2月30日,,,,,,,',
];

const importText = async (lines: string[]) => {
  const path = join(folder, `${newId()}.csv`);
  const { bytes } = encodeCp932(`${lines.join('\r\n')}\r\n`, cp932Table());
  await writeFile(path, bytes);
  return importResidents({
    database: service.runtime.database,
    path,
    municipalityCode: '131237',
    lookupKey: service.runtime.config.LOOKUP_KEY,
    who: {
      municipalityCode: '131237',
      actorId: 'test',
      role: 'system-administrator',
      correlationId: newId(),
    },
  });
};

beforeAll(async () => {
  world = await testWorld();
  service = await world.start(registry);
  folder = await mkdtemp(join(tmpdir(), 'madoguchi-residents-'));
});
afterAll(() => world.stop());

const desk = async () => {
  const operator = await world.actor('operator');
  const permit = await world.permit(operator.id);
  return {
    actorToken: operator.token,
    permit: permit.token,
    caseId: permit.caseId,
    operatorId: operator.id,
  };
};
const hanako = { name: '渡辺花子', dateOfBirth: '昭和39年3月5日', address: '西葛西6-23-1' };

describe('an import', () => {
  it('reports refused rows by line and column, and keeps the others', async () => {
    const report = await importText([HEAD, ...ROWS]);
    expect(report).toMatchObject({
      ok: true,
      value: { rows: 5, added: 4, newlyProtected: 1, ignoredColumns: ['余分'] },
    });
    if (!report.ok) throw new Error('refused');
    expect(report.value.refused.map(({ line, column }) => [line, column])).toEqual(
      expect.arrayContaining([
        [6, '生年月日'],
        [6, '性別'],
        [6, '住所'],
      ]),
    );
  });

  it('changes nothing the second time, and no character of a stored name', async () => {
    expect(await importText([HEAD, ...ROWS])).toMatchObject({
      ok: true,
      value: { added: 0, changed: 0 },
    });
    const rows = await world.sql<{ name: string }>(
      'registry',
      'SELECT name FROM resident ORDER BY addressee_number',
    );
    expect(rows.map((row) => row.name)).toEqual([
      '渡邉　花子',
      '髙橋　護',
      '髙橋　守子',
      '田中　移',
    ]);
  });

  it('refuses a file without its required columns', async () => {
    expect(await importText(['氏名,住所', 'a,b'])).toMatchObject({
      ok: false,
      refusal: {
        code: 'import_refused',
        details: { missingColumns: ['宛名番号', '性別', '生年月日'] },
      },
    });
  });

  it('reads the invented city it writes itself', async () => {
    const path = join(folder, 'invented.csv');
    await writeResidentsFile(
      path,
      inventResidents({ count: 1_200, seed: 7, today: calendarDate('2026-11-23') }),
    );
    const report = await importResidents({
      database: service.runtime.database,
      path,
      municipalityCode: '131237',
      lookupKey: service.runtime.config.LOOKUP_KEY,
      who: {
        municipalityCode: '131237',
        actorId: 'test',
        role: 'system-administrator',
        correlationId: newId(),
      },
    });
    expect(report).toMatchObject({ ok: true, value: { rows: 1200, added: 1200, refused: [] } });
  });
});

describe('verification', () => {
  it('opens the record at the threshold, limited to the purpose', async () => {
    const me = await desk();
    const verified = await world.call(
      contract.verifyPerson,
      { purpose: 'reservation', items: hanako },
      me,
    );
    if (!verified.ok) throw new Error(verified.refusal.code);
    expect(verified.value).toMatchObject({ outcome: 'confirmed', triesLeft: 3 });
    const { residentId = '', grant } = verified.value;
    const shown = await world.call(
      contract.revealResident,
      { residentId, purpose: 'reservation' },
      { ...me, grant },
    );
    expect(shown).toMatchObject({
      ok: true,
      value: {
        resident: {
          name: '渡邉　花子',
          address: '西葛西',
          telephones: ['…5678'],
          residentToday: true,
        },
      },
    });
    if (shown.ok) expect(shown.value.resident).not.toHaveProperty('remarks');
    expect(
      await world.call(
        contract.revealResident,
        { residentId: newId(), purpose: 'reservation' },
        { ...me, grant },
      ),
    ).toMatchObject({ refusal: { code: 'grant_required' } });
    expect(
      await world.call(
        contract.revealResident,
        { residentId, purpose: 'application' },
        { ...me, grant },
      ),
    ).toMatchObject({ refusal: { code: 'purpose_not_allowed' } });
  });

  it('needs a case of one’s own, and a purpose of that case (B41)', async () => {
    const me = await desk();
    const request = { purpose: 'reservation' as const, items: hanako };
    expect(
      await world.call(contract.verifyPerson, request, { actorToken: me.actorToken }),
    ).toMatchObject({
      refusal: { code: 'case_required' },
    });
    const other = await world.permit(newId());
    expect(
      await world.call(contract.verifyPerson, request, {
        actorToken: me.actorToken,
        permit: other.token,
      }),
    ).toMatchObject({ refusal: { code: 'case_required' } });
    expect(
      await world.call(contract.verifyPerson, { ...request, purpose: 'emergency' }, me),
    ).toMatchObject({
      refusal: { code: 'purpose_not_allowed' },
    });
  });

  it('answers protected, household of protected, moved-away and unknown people alike', async () => {
    const people = [
      { name: '髙橋護', dateOfBirth: '19700101' },
      { name: '髙橋守子', dateOfBirth: '19720202' },
      { name: '田中移', dateOfBirth: '19800303' },
      { name: '存在しない', dateOfBirth: '19900404' },
    ];
    const answers = [];
    for (const items of people)
      answers.push(
        await world.call(contract.verifyPerson, { purpose: 'reservation', items }, await desk()),
      );
    for (const answer of answers) expect(answer).toEqual(answers[0]);
  });

  it('ends after three failed tries, also for the right answer', async () => {
    const me = await desk();
    for (const triesLeft of [2, 1, 0])
      expect(
        await world.call(
          contract.verifyPerson,
          { purpose: 'reservation', items: { ...hanako, address: `平井1-1-${triesLeft + 50}` } },
          me,
        ),
      ).toMatchObject({ ok: true, value: { outcome: 'not-confirmed', triesLeft } });
    expect(
      await world.call(contract.verifyPerson, { purpose: 'reservation', items: hanako }, me),
    ).toMatchObject({
      value: { outcome: 'closed', triesLeft: 0 },
    });
  });

  it('leaves an entry for each try, and none of what was said', async () => {
    const rows = await world.sql<{ entry: { action: string } }>(
      'registry',
      'SELECT entry FROM relay.audit_entry',
    );
    expect(
      rows.filter((row) => row.entry.action === 'verification-refused').length,
    ).toBeGreaterThanOrEqual(8);
    const text = JSON.stringify(rows);
    for (const said of ['渡', '花子', '西葛西', '19700101', '09012345678'])
      expect(text).not.toContain(said);
  });

  it('gives nothing when it cannot write the entry (F25)', async () => {
    const me = await desk();
    await world.sql('registry', 'REVOKE INSERT ON relay.audit_entry FROM madoguchi_app');
    const answer = await world.call(
      contract.verifyPerson,
      { purpose: 'reservation', items: hanako },
      me,
    );
    await world.sql('registry', 'GRANT INSERT ON relay.audit_entry TO madoguchi_app');
    expect(answer).toMatchObject({ ok: false, refusal: { code: 'internal_fault' } });
    expect(JSON.stringify(answer)).not.toContain('花子');
  });
});
