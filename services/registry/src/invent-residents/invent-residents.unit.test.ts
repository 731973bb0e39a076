import { readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { addressParts, calendarDate, normalisePhoneNumber, reachesBlock } from '@madoguchi/kernel';
import { describe, expect, it } from 'vitest';
import { COLUMNS } from '../domain/resident-columns.ts';
import { codeBook } from '../domain/register-codes.ts';
import { readRow } from '../domain/resident-row.ts';
import { inventResidents } from './invent-residents.ts';
import { writeResidentsFile } from './write-residents-file.ts';

const today = calendarDate('2026-11-24');
const people = (count: number, seed = 1) => [...inventResidents({ count, seed, today })];
const city = people(20_000);
const share = (of: (row: (typeof city)[number]) => boolean): number =>
  city.filter(of).length / city.length;
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

  it('have the shape of the city', () => {
    expect(share((row) => ageOf(row) >= 65)).toBeGreaterThan(0.17);
    expect(share((row) => ageOf(row) >= 65)).toBeLessThan(0.26);
    expect(share((row) => ageOf(row) < 20)).toBeGreaterThan(0.13);
    expect(share((row) => ageOf(row) < 20)).toBeLessThan(0.21);
    expect(share((row) => row.住民種別 === '外国人')).toBeGreaterThan(0.05);
    expect(share((row) => row.住民種別 === '外国人')).toBeLessThan(0.09);
    expect(share((row) => row.性別 === '2')).toBeGreaterThan(0.47);
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
