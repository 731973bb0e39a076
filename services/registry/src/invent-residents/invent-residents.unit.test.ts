import { readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { addressParts, calendarDate, normalisePhoneNumber, reachesBlock } from '@madoguchi/kernel';
import { describe, expect, it } from 'vitest';
import { COLUMNS } from '../domain/resident-columns.ts';
import { readHistoryRow } from '../domain/history-row.ts';
import type { CsvRow } from '../domain/resident-columns.ts';
import { codeBook } from '../domain/register-codes.ts';
import { readRow } from '../domain/resident-row.ts';
import { inventHistory } from './invent-history.ts';
import { AGE_SHARES } from './invent-household.ts';
import { inventResidents } from './invent-residents.ts';
import { writeResidentsFile } from './write-residents-file.ts';

const today = calendarDate('2026-11-24');
const people = (count: number, seed = 1) => [...inventResidents({ count, seed, today })];
const city = people(20_000);
const ageOf = (row: (typeof city)[number]): number =>
  2026 - Number((row.生年月日 ?? '').slice(0, 4));

describe('invented residents', () => {
  it('are the same for the same seed, and others for another', () => {
    expect(people(300)).toEqual(people(300));
    expect(people(300)).not.toEqual(people(300, 2));
    expect(people(137)).toHaveLength(137);
  });

  it('are rows that an import takes, each with its own number', () => {
    expect(city.filter((row) => !readRow(row, codeBook([])).ok)).toEqual([]);
    expect(new Set(city.map((row) => row.宛名番号)).size).toBe(city.length);
  });

  it('live in the city, down to the block', () => {
    const lost = city.filter((row) => {
      const parts = addressParts(row.住所 ?? '');
      return !parts || !reachesBlock(parts);
    });
    expect(lost).toEqual([]);
  });

  it('have the shape of the city', async () => {
    const file = new URL('../../data/city_population.csv', import.meta.url);
    const [, ...lines] = (await readFile(file, 'utf8')).split('\n');
    const figure = (measure: string): number => {
      const found = lines.map((line) => line.split(',')).find((cells) => cells[1] === measure);
      return Number(found?.[2]);
    };
    const total = figure('total residents');
    const here = city.filter((row) => !row.消除区分);
    const part = (of: (row: CsvRow) => boolean): number => here.filter(of).length / here.length;
    expect(part((row) => ageOf(row) >= 65)).toBeCloseTo(
      figure('residents 65+ (vaccination target)') / total,
      1.7,
    );
    expect(part((row) => ageOf(row) >= 12 && ageOf(row) < 65)).toBeCloseTo(
      figure('residents 12-64 (vaccination target)') / total,
      1.7,
    );
    expect(part((row) => row.住民種別 === '外国人')).toBeCloseTo(
      figure('foreign residents') / total,
      1.7,
    );
    const total100 = AGE_SHARES.reduce((sum, one) => sum + one, 0);
    AGE_SHARES.forEach((expected, band) => {
      const inBand = part((row) => Math.min(18, Math.floor(ageOf(row) / 5)) === band);
      expect(Math.abs(inBand - expected / total100)).toBeLessThan(0.012);
    });
    expect(part((row) => row.性別 === '2')).toBeGreaterThan(0.47);
    const foreignIn = (town: string): number => {
      const there = here.filter((row) => row.住所?.startsWith(`東京都江戸川区${town}`));
      return there.filter((row) => row.住民種別 === '外国人').length / there.length;
    };
    // A fifth of 清新町, 西葛西 and 小松川, as counted there; a twentieth elsewhere.
    for (const town of ['清新町', '西葛西', '小松川'])
      expect(foreignIn(town)).toBeGreaterThan(2 * foreignIn('南小岩'));
  });

  it('have some of everything that is hard', () => {
    const some = (of: (row: (typeof city)[number]) => boolean) =>
      expect(city.filter(of).length).toBeGreaterThan(5);
    some((row) => row.規制情報 === '支援措置');
    some((row) => row.消除区分 === '転出');
    some((row) => row.消除区分 === '死亡');
    some((row) => /[髙﨑邉濵]/u.test(row.氏名 ?? ''));
    some((row) => /[\ue000-\uf8ff]/u.test(row.氏名 ?? ''));
    some((row) => (row.併記名 ?? '') !== '');
    some((row) => (row.通称名 ?? '') !== '');
    some((row) => (row.方書 ?? '').includes('\n'));
    some((row) => row.住民種別 === '外国人' && !/[\s　]/u.test(row.氏名 ?? ''));
    some((row) => (row.生年月日 ?? '').endsWith('0000'));
    some((row) => row.住民種別 === '外国人' && row.氏名カナ === '');
    expect(Math.max(...city.map((row) => (row.氏名 ?? '').length))).toBeGreaterThan(60);
    const names = Map.groupBy(city, (row) => row.氏名);
    expect(Math.max(...[...names.values()].map((same) => same.length))).toBeGreaterThan(9);
  });

  it('have a history that leads to what their row says', () => {
    const rows = people(3_000).filter((row) => row.宛名番号);
    const history = [...inventHistory(rows, { seed: 1, today })];
    const codes = codeBook([]);
    expect(history.filter((cells) => !readHistoryRow(cells, codes).ok)).toEqual([]);
    const reasons = new Set(history.map((cells) => cells.異動事由));
    expect(reasons).toEqual(
      new Set(['出生', '転入', '転居', '転出', '転出予定', '転出取消', '死亡']),
    );
    const byPerson = Map.groupBy(history, (cells) => cells.宛名番号);
    for (const row of rows) {
      const told = byPerson.get(row.宛名番号) ?? [];
      const says = (reason: string | undefined) =>
        told.some((cells) => cells.異動事由 === reason && cells.異動年月日 === row.異動年月日);
      if (row.異動事由) expect(says(row.異動事由)).toBe(true);
    }
  });

  it('have numbers that reach nobody', () => {
    const numbers = city.flatMap((row) => (row.電話番号 ?? '').split('、')).filter(Boolean);
    expect(numbers.length).toBeGreaterThan(10_000);
    for (const number of numbers)
      expect(normalisePhoneNumber(number)).toMatch(/^(0[789]00|030)\d+$/u);
  });

  it('are written as the register writes them: CP932, CRLF, header row', async () => {
    const path = join(tmpdir(), `madoguchi-invented-${process.pid}.csv`);
    try {
      await writeResidentsFile(path, city);
      const text = new TextDecoder('shift_jis', { fatal: true }).decode(await readFile(path));
      const lines = text.split('\r\n');
      expect(lines[0]).toBe(COLUMNS.join(','));
      expect(lines).toHaveLength(city.length + 2);
      expect(lines[1]).toContain(city[0]?.氏名);
    } finally {
      await rm(path, { force: true });
    }
  });
});
