import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { calendarDate, newId } from '@madoguchi/kernel';
import { MUNICIPALITY } from '@madoguchi/testing/test-world';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RegistryWorld } from '../store/registry-world.fixture.ts';
import { csv, importer, registryWorld } from '../store/registry-world.fixture.ts';
import { importCodes } from './import-codes.ts';
import type { HistoryReport } from './import-history.ts';
import { importHistory } from './import-history.ts';
import type { ImportReport } from './import-report.ts';

let world: RegistryWorld;
beforeAll(async () => {
  world = await registryWorld({ now: () => new Date('2026-11-24T01:00:00Z') });
});
afterAll(() => world.stop());

const HEADER = '宛名番号,氏名,性別,生年月日,住所,異動事由,異動年月日,消除区分,消除年月日';
const person = (number: string, rest = ',,,', name = '太郎') =>
  `${number},${name},1,19800101,東京都江戸川区平井１丁目１番１号,${rest}`;
const imported = async (text: string, options = {}): Promise<ImportReport> => {
  const report = await world.importText(text, options);
  if (typeof report === 'string') throw new Error(report);
  return report;
};
type Row = { number: string; removal: string | null; residency: unknown; version: string };
const rowsOf = (prefix: string): Promise<Row[]> =>
  world.sql<Row>(
    'registry',
    `SELECT addressee_number AS number, removal_type AS removal, residency, version FROM resident
     WHERE addressee_number LIKE $1 ORDER BY addressee_number`,
    [`${prefix}%`],
  );
const events = async (): Promise<number> => {
  const [row] = await world.sql<{ count: number }>(
    'registry',
    "SELECT count(*)::int AS count FROM relay.outbox WHERE subject NOT LIKE '%.feed.%'",
  );
  return row?.count ?? 0;
};

describe('a file that is the whole register', () => {
  it('stops before it takes too many people off, and does so when told to', async () => {
    const whole = { whole: true };
    const all = Array.from({ length: 200 }, (_, one) => person(`W${100 + one}`));
    await imported(csv(all, HEADER));
    const before = await events();
    expect(await world.importText(csv([...all.slice(0, 150), person('W999')], HEADER), whole)).toBe(
      'import_would_remove',
    );
    expect([await rowsOf('W999'), await events()]).toEqual([[], before]);
    const accepted = { ...whole, acceptRemovals: true, today: calendarDate('2026-11-24') };
    const text = csv(all.slice(0, 199), HEADER);
    expect(await imported(text, { ...accepted, dryRun: true })).toMatchObject({
      absent: 4,
      changed: 4,
    });
    expect(await rowsOf('W299')).toMatchObject([{ removal: null }]);
    // The people of the fixture are not in it either; two of them are off the register already.
    expect(await imported(text, accepted)).toMatchObject({ absent: 4, removedOtherwise: 4 });
    expect(await rowsOf('W299')).toMatchObject([
      { removal: 'その他', residency: [{ from: '1980-01-01', to: '2026-11-24' }] },
    ]);
    expect(await imported(text, accepted)).toMatchObject({ absent: 0, changed: 0, unchanged: 199 });
    await imported(csv([person('W299')], HEADER));
    expect(await rowsOf('W299')).toMatchObject([
      { removal: null, residency: [{ from: '1980-01-01', to: null }], version: '3' },
    ]);
  });

  it('takes the last of two rows of one person, and refuses the others, every time', async () => {
    const text = csv([person('X1', ',,,', '一'), person('X1', ',,,', '二')], HEADER);
    const first = await imported(text);
    expect(first).toMatchObject({
      added: 1,
      refused: [{ line: 2, column: '宛名番号', reason: '同じ宛名番号の行が後にもあります' }],
    });
    expect(await imported(text)).toMatchObject({ unchanged: 1, changed: 0, refusedRows: 1 });
  });

  it('says who moved out and who died', async () => {
    await imported(csv([person('Y1'), person('Y2')], HEADER));
    const gone = [
      person('Y1', '転出,20261101,転出,20261101'),
      person('Y2', '死亡,20261102,死亡,20261102'),
    ];
    const counts = { changed: 2, movedOut: 1, died: 1, removedOtherwise: 0 };
    expect(await imported(csv(gone, HEADER), { dryRun: true })).toMatchObject(counts);
    expect(await imported(csv(gone, HEADER))).toMatchObject(counts);
    expect(await rowsOf('Y')).toMatchObject([
      { residency: [{ from: '1980-01-01', to: '2026-11-01' }] },
      { residency: [{ from: '1980-01-01', to: '2026-11-03' }] },
    ]);
  });

  it('counts nothing new where only the notation differs', async () => {
    await imported(csv([person('Z1', '転入,20200401,,')], HEADER));
    const before = await events();
    const other = csv([person('Z1', '転入,令和2年4月1日,,')], HEADER);
    expect(await imported(other)).toMatchObject({ changed: 0, unchanged: 1 });
    expect(await events()).toBe(before);
  });
});

describe('a file of changes', () => {
  const CHANGES = `更新区分,${HEADER}`;

  it('is done in its order, and once', async () => {
    const text = csv(
      [
        `追加,${person('C1', ',,,', '一')}`,
        `更新,${person('C1', ',,,', '二')}`,
        `追加,${person('C2')}`,
        `削除,C2,,,,,転出,20261110,,`,
        `訂正,${person('C3')}`,
      ],
      CHANGES,
    );
    expect(await imported(text, { today: calendarDate('2026-11-24') })).toMatchObject({
      kind: 'changes',
      rows: 5,
      added: 2,
      changed: 2,
      movedOut: 1,
      refused: [{ line: 6, column: '更新区分' }],
    });
    const after = await rowsOf('C');
    expect(after).toMatchObject([
      { number: 'C1', version: '2' },
      { number: 'C2', removal: '転出', residency: [{ from: '1980-01-01', to: '2026-11-10' }] },
    ]);
    const before = await events();
    expect(await imported(text)).toMatchObject({ doneBefore: true, added: 0, changed: 0 });
    expect([await rowsOf('C'), await events()]).toEqual([after, before]);
  });

  it('goes on behind the rows that are written, when a run was cut short', async () => {
    const rows = Array.from({ length: 30 }, (_, one) => `更新,${person('K1', ',,,', `名${one}`)}`);
    const text = csv(rows, CHANGES);
    let written = 0;
    const killed = world
      .importText(text, {
        onProgress: () => {
          written += 1;
          throw new Error('killed');
        },
      })
      .catch((error: unknown) => String(error));
    expect(await killed).toContain('killed');
    expect(written).toBe(1);
    const [cut] = await rowsOf('K1');
    expect(await imported(text)).toMatchObject({ kind: 'changes', doneBefore: false });
    const [whole] = await rowsOf('K1');
    expect([Number(cut?.version) < 30, whole?.version]).toEqual([true, '30']);
  });
});

describe('a file of history', () => {
  const HISTORY = '宛名番号,履歴番号,異動事由,異動年月日,届出年月日,処理年月日,備考欄';
  const history = async (rows: readonly string[], today = '2026-11-24'): Promise<HistoryReport> => {
    const path = join(tmpdir(), `madoguchi-history-${newId()}.csv`);
    await writeFile(path, csv(rows, HISTORY));
    const { database } = world.service.runtime;
    const report = await importHistory({
      database,
      path,
      who: importer,
      municipalityCode: MUNICIPALITY,
      today: calendarDate(today),
    });
    if (!report.ok) throw new Error(report.refusal.code);
    return report.value;
  };

  it('makes intervals of entries, corrects under a number, and does nothing twice', async () => {
    await imported(csv([person('H1', '転居,20250101,,')], HEADER));
    const rows = [
      'H1,1,転入,20100401,20100405,20100405,',
      'H1,2,転出,20150331,20150320,20150320,大阪へ',
      'H1,3,転入,20200401,20200410,20200410,',
      'H1,4,転居,20250101,20250110,20250110,',
      'H9,1,転入,20250101,20250110,20250110,',
      'H1,5,謎,20250101,,,',
    ];
    const report = await history(rows);
    expect(report).toMatchObject({ rows: 6, added: 4, residencyChanged: 1, refusedRows: 2 });
    expect(report.refused.map(({ line, column }) => [line, column])).toEqual([
      [7, '異動事由'],
      [6, '宛名番号'],
    ]);
    const intervals = [
      { from: '2010-04-01', to: '2015-03-31' },
      { from: '2020-04-01', to: null },
    ];
    expect(await rowsOf('H1')).toMatchObject([{ residency: intervals, version: '2' }]);
    const before = await events();
    expect(await history(rows)).toMatchObject({ added: 0, unchanged: 4, residencyChanged: 0 });
    expect(await events()).toBe(before);
    const corrected = await history(['H1,3,転入,20200501,20200410,20200410,']);
    expect(corrected).toMatchObject({ corrected: 1, residencyChanged: 1 });
    const kept = await world.sql(
      'registry',
      `SELECT known_from::text, known_until::text, as_it_came->>'備考欄' AS remark FROM residency_event e
       JOIN resident r ON r.id = e.resident_id WHERE addressee_number = 'H1' AND history_number IN (2, 3) ORDER BY e.id`,
    );
    expect(kept).toEqual([
      { known_from: '2015-03-20', known_until: null, remark: '大阪へ' },
      { known_from: '2020-04-10', known_until: '2026-11-24', remark: '' },
      { known_from: '2026-11-24', known_until: null, remark: '' },
    ]);
  });
});

describe('codes of the municipality', () => {
  const CODES = '項目,コード,名称,意味';
  const codes = async (rows: readonly string[]) => {
    const path = join(tmpdir(), `madoguchi-codes-${newId()}.csv`);
    await writeFile(path, csv(rows, CODES));
    const { database } = world.service.runtime;
    return importCodes({ database, path, who: importer, municipalityCode: MUNICIPALITY });
  };
  const coded = csv(['G1,太郎,3,19800101,平井1-1-1,20,20261101,81,20261101'], HEADER);

  it('are refused whole when one of them means nothing', async () => {
    expect(await codes(['消除区分,81,転出,moved-out', '性別,3,男,man'])).toMatchObject({
      refusal: { details: { faults: [expect.stringContaining('line 3')] } },
    });
    expect(await world.sql('registry', 'SELECT 1 FROM register_code')).toEqual([]);
  });

  it('are not emptied by an empty file', async () => {
    const path = join(tmpdir(), `madoguchi-codes-${newId()}.csv`);
    await writeFile(path, '');
    const { database } = world.service.runtime;
    const options = { database, path, who: importer, municipalityCode: MUNICIPALITY };
    expect(await importCodes(options)).toMatchObject({
      refusal: { details: { faults: ['ファイルが空です'] } },
    });
  });

  it('decide what a file means, and make it be read again when they change', async () => {
    expect(await imported(coded)).toMatchObject({ refused: [{ column: '性別' }] });
    const own = ['性別,3,男,male', '異動事由,20,転出,moved-out', '消除区分,81,転出,moved-out'];
    expect(await codes(own)).toMatchObject({ value: { codes: 3 } });
    expect(await imported(coded)).toMatchObject({ added: 1 });
    expect(await imported(coded)).toMatchObject({ unchanged: 1 });
    expect(await codes([...own.slice(0, 2), '消除区分,81,死亡,died'])).toMatchObject({ ok: true });
    expect(await imported(coded)).toMatchObject({ changed: 1, died: 1 });
    const [row] = await world.sql(
      'registry',
      `SELECT * FROM resident WHERE addressee_number = 'G1'`,
    );
    expect(row).toMatchObject({ sex: 'male', removal_type: '81', removal_kind: 'died' });
  });
});
