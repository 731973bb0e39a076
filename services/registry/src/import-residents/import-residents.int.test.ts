import { appendFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as contract from '@madoguchi/contracts';
import { calendarDate, cp932Table, encodeCp932, newId } from '@madoguchi/kernel';
import { eventually, MUNICIPALITY } from '@madoguchi/testing/test-world';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inventResidents } from '../invent-residents/invent-residents.ts';
import { writeResidentsFile } from '../invent-residents/write-residents-file.ts';
import type { RegistryWorld } from '../store/registry-world.fixture.ts';
import { csv, importer, registryWorld } from '../store/registry-world.fixture.ts';
import type { ImportReport } from './import-report.ts';
import { importResidents } from './import-residents.ts';
import { refusalsCsv } from './refusals-csv.ts';

let world: RegistryWorld;
beforeAll(async () => {
  world = await registryWorld({ now: () => new Date('2026-11-24T01:00:00Z') });
});
afterAll(() => world.stop());

const SHORT = '宛名番号,氏名,性別,生年月日,住所,世帯番号,規制情報';
const rowsOf = async <Row>(where: string): Promise<Row[]> =>
  world.sql<Row>('registry', `SELECT * FROM resident WHERE ${where} ORDER BY addressee_number`);
const imported = async (text: string | Uint8Array, options = {}): Promise<ImportReport> => {
  const report = await world.importText(text, options);
  if (typeof report === 'string') throw new Error(report);
  return report;
};
const person = (number: string, name: string, rest = ',') =>
  `${number},${name},1,19800101,東京都江戸川区平井１丁目１番１号,${rest}`;

describe('importing residents', () => {
  it('reads CP932 and UTF-8 alike, and keeps each character of a name (B20)', async () => {
    // U+FA11 and a private-use character, both of which other decoders lose.
    const rows = [person('A1', '山﨑　花'), person('A2', '外字\ue000田')];
    const { bytes, missing } = encodeCp932(csv(rows, SHORT), cp932Table());
    expect(missing).toEqual([]);
    expect(await imported(bytes)).toMatchObject({ encoding: 'shift_jis', added: 2 });
    expect(await imported(`\ufeff${csv(rows, SHORT)}`)).toMatchObject({
      encoding: 'utf-8',
      unchanged: 2,
      changed: 0,
    });
    expect(await rowsOf(`addressee_number LIKE 'A%'`)).toMatchObject([
      { name: '山﨑　花' },
      { name: '外字\ue000田' },
    ]);
  });

  it('refuses rows by line and column, without spoiling the others (B20)', async () => {
    const text = csv(
      [
        `${person('B1', '一郎')},x`,
        `${person('B2', '')},x`,
        '',
        'B3,三郎,1,2月30日,平井1-1-1,,,x',
        'B4,too,short',
        `${person('B5', '"五\r\n郎"')},x`,
        `${person('B6', '六\u0000郎')},x`,
      ],
      `${SHORT},知らない列`,
    );
    const report = await imported(text);
    expect(report).toMatchObject({
      rows: 6,
      added: 2,
      refusedRows: 4,
      ignoredColumns: ['知らない列'],
    });
    expect(report.refused).toEqual([
      { line: 3, column: '氏名', reason: '必須の項目が空です' },
      { line: 5, column: '生年月日', reason: '日付として読めません' },
      { line: 6, column: '', reason: '列の数が見出しと違います' },
      { line: 9, column: '氏名', reason: '制御文字が含まれています' },
    ]);
    expect(refusalsCsv(report.refused)).toContain('"3","氏名","必須の項目が空です"');
  });

  it.each([
    ['no required column', '宛名番号,氏名,性別\r\n1,あ,1\r\n'],
    ['a column twice', csv([person('C1', 'あ')], SHORT.replace('世帯番号', '氏名'))],
    ['an empty file', ''],
    ['a quote never closed', `${SHORT}\r\nC2,"あ,1,19800101,平井1-1-1,,\r\n`],
    ['UTF-16', Buffer.from(`\ufeff${csv([person('C3', 'あ')], SHORT)}`, 'utf16le')],
    ['no text at all', Buffer.from(Array.from({ length: 5_000 }, (_, index) => index % 251))],
  ])('refuses a file with %s, and changes nothing (B20)', async (_what, text) => {
    expect(await world.importText(text)).toBe('import_refused');
    expect(await rowsOf(`addressee_number LIKE 'C%'`)).toEqual([]);
  });

  it('takes the columns in any order (B20)', async () => {
    const text = csv(['平井1-1-1,19800101,J1,1,順子'], '住所,生年月日,宛名番号,性別,氏名');
    expect(await imported(text)).toMatchObject({ added: 1 });
    expect(await rowsOf(`addressee_number = 'J1'`)).toMatchObject([{ name: '順子' }]);
  });

  it('does not gather a line without end (B20)', async () => {
    const path = join(tmpdir(), `madoguchi-endless-${newId()}.csv`);
    const piece = Buffer.alloc(1_000_000, 'x');
    await writeFile(path, `${SHORT}\r\nK1,`);
    // A hole reads as zeros: a line of a gigabyte that takes no room.
    await appendFile(path, piece);
    await truncate(path, 1_000_000_000);
    const before = process.memoryUsage().rss;
    const { database, config } = world.service.runtime;
    const lookupKey = config.LOOKUP_KEY;
    const options = { database, path, who: importer, municipalityCode: MUNICIPALITY, lookupKey };
    expect(await importResidents(options)).toMatchObject({ refusal: { code: 'import_refused' } });
    expect(process.memoryUsage().rss - before).toBeLessThan(100_000_000);
    await rm(path);
  });

  it('changes what changed, tells the neighbours once, and nothing in a dry run', async () => {
    const before = csv([person('D1', '一郎'), person('D2', '二郎')], SHORT);
    const after = before.replace('二郎', '次郎');
    expect(await imported(before, { dryRun: true })).toMatchObject({ added: 2 });
    expect(await rowsOf(`addressee_number LIKE 'D%'`)).toEqual([]);
    await imported(before);
    expect(await imported(after)).toMatchObject({ changed: 1, unchanged: 1 });
    expect(await rowsOf(`addressee_number LIKE 'D%'`)).toMatchObject([
      { name: '一郎', version: '1' },
      { name: '次郎', version: '2' },
    ]);
    const [last] = await world.sql<{ payload: { residents: unknown[] } }>(
      'registry',
      `SELECT payload FROM relay.outbox WHERE subject = 'ev.registry.residents.changed.v1'
       ORDER BY position DESC LIMIT 1`,
    );
    expect(last?.payload.residents).toEqual([
      expect.objectContaining({ version: 2, refer: false, dateOfBirth: '1980-01-01' }),
    ]);
  });

  it('protects the household at once, and never takes protection away', async () => {
    const open = [person('E1', '花', 'H9,'), person('E2', '翼', 'H9,')];
    const [first = '', second = ''] = open;
    await imported(csv(open, SHORT));
    const restricted = first.replace('H9,', 'H9,支援措置');
    expect(await imported(csv([restricted], SHORT))).toMatchObject({ newlyProtected: 2 });
    expect(await rowsOf(`addressee_number LIKE 'E%'`)).toMatchObject([
      { protected: true },
      { protected: true },
    ]);
    const later = [first.replace('花', '華'), second.replace('翼', '翔')];
    expect(await imported(csv(later, SHORT))).toMatchObject({ changed: 2, protectionKept: 1 });
    expect(await rowsOf(`addressee_number LIKE 'E%'`)).toMatchObject([
      { protected: true, restrictions: ['支援措置'], name: '華' },
      { protected: true, name: '翔' },
    ]);
  });

  it('lets one import run at a time', async () => {
    const text = csv([person('F1', '一')], SHORT);
    const both = await Promise.all([world.importText(text), world.importText(text)]);
    expect(both.filter((one) => one === 'import_running').length).toBeLessThanOrEqual(1);
    expect(await rowsOf(`addressee_number = 'F1'`)).toHaveLength(1);
  });

  it('takes 3,000 invented residents from their CP932 file, and again without change', async () => {
    const path = join(tmpdir(), `madoguchi-invented-${newId()}.csv`);
    const options = { count: 3_000, seed: 7, today: calendarDate('2026-11-24') };
    expect(await writeResidentsFile(path, inventResidents(options))).toBe(3_000);
    const run = () =>
      importResidents({
        database: world.service.runtime.database,
        path,
        who: importer,
        municipalityCode: MUNICIPALITY,
        lookupKey: world.service.runtime.config.LOOKUP_KEY,
      });
    expect(await run()).toMatchObject({ ok: true, value: { added: 3_000, refused: [] } });
    expect(await run()).toMatchObject({ ok: true, value: { unchanged: 3_000, changed: 0 } });
    await writeFile(path, '');
    await eventually('all events to leave', async () => {
      const waiting = await world.sql(
        'registry',
        'SELECT 1 FROM relay.outbox WHERE published_at IS NULL LIMIT 1',
      );
      return waiting.length === 0;
    });
  });

  it('gives every resident to a service that starts from nothing, by pages', async () => {
    const self = await world.service.runtime.ownActorToken();
    const seen = new Set<string>();
    let after: string | undefined;
    do {
      const page = await world.call(
        contract.snapshotResidents,
        { limit: 700, ...(after === undefined ? {} : { after }) },
        { actorToken: self },
      );
      if (!page.ok) throw new Error(page.refusal.code);
      for (const copy of page.value.residents) seen.add(copy.residentId);
      after = page.value.next;
    } while (after !== undefined);
    const [all] = await world.sql<{ count: number }>(
      'registry',
      'SELECT count(*)::int AS count FROM resident',
    );
    expect(seen.size).toBe(all?.count);
    const operator = await world.actor('operator');
    expect(
      await world.call(contract.snapshotResidents, {}, { actorToken: operator.token }),
    ).toMatchObject({ refusal: { code: 'not_allowed' } });
  });
});
