import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SheetLine } from '../domain/day-sheet.ts';
import type { SheetFont } from './sheet-fonts.ts';
import { loadSheetFonts } from './sheet-fonts.ts';
import { sheetPdf } from './sheet-pdf.ts';

let fonts: SheetFont[];
const folder = mkdtempSync(join(tmpdir(), 'madoguchi-sheet-'));
beforeAll(async () => {
  fonts = await loadSheetFonts(process.env['FONT_DIRECTORIES'] ?? '/usr/share/fonts');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const line = (changes: Partial<SheetLine> = {}): SheetLine => ({
  startsAt: '09:00',
  confirmationNumber: '123-456-789',
  name: '江戸川　花子',
  nameKana: 'エドガワ　ハナコ',
  dateOfBirth: '昭和39年3月5日',
  dose: '1回目',
  product: '秋冬ワクチンXA(架空)',
  party: '',
  withoutName: false,
  ...changes,
});
const drawn = (lines: SheetLine[]) =>
  sheetPdf(
    {
      venue: 'タワーホール船堀',
      day: '令和8年11月26日',
      printedAt: '令和8年11月25日 17:00',
      lines,
    },
    fonts,
  );
async function readBack(lines: SheetLine[]): Promise<{ path: string; text: string }> {
  const pdf = await drawn(lines);
  if (!pdf.ok) throw new Error(JSON.stringify(pdf.refusal));
  const path = join(folder, 'sheet.pdf');
  writeFileSync(path, pdf.value);
  return { path, text: execFileSync('pdftotext', ['-layout', path, '-'], { encoding: 'utf8' }) };
}

describe('a day sheet on paper', () => {
  it('can be read back, rare kanji and long names included', async () => {
    const long = 'ラジャセカラン　ヴェンカタナラシムハラージュヴァリペータ　シュリニヴァサ';
    const { path, text } = await readBack([
      line({ name: '𠮷田　髙子' }),
      line({ startsAt: '09:10', name: long, nameKana: long }),
      line({ startsAt: '09:20', name: '', nameKana: '', dose: '', product: '', withoutName: true }),
    ]);
    for (const part of [
      '当日名簿',
      'タワーホール船堀',
      '令和8年11月26日',
      '𠮷田　髙子',
      '3名',
      '受付接種',
    ])
      expect(text.replace(/\s/gu, '')).toContain(part.replace(/\s/gu, ''));
    expect(text).toContain('受付で確認してください');
    const raw = execFileSync('pdftotext', ['-raw', path, '-'], { encoding: 'utf8' });
    expect(raw.replace(/\s/gu, '')).toContain(long.replace(/\s/gu, '').repeat(2));
    const fontRows = execFileSync('pdffonts', [path], { encoding: 'utf8' }).trim().split('\n');
    for (const row of fontRows.slice(2)) expect(row).toMatch(/ yes yes yes /);
  });

  it('goes on over as many pages as it takes, each numbered', async () => {
    const { path, text } = await readBack(
      Array.from({ length: 50 }, (_, one) => line({ confirmationNumber: `000-000-${100 + one}` })),
    );
    expect(execFileSync('pdfinfo', [path], { encoding: 'utf8' })).toMatch(/Pages:\s+3\n/);
    expect(text).toContain('3 / 3 ページ');
    for (let one = 0; one < 50; one += 1) expect(text).toContain(`000-000-${100 + one}`);
  });

  it('is there for a day on which nobody comes', async () => {
    expect((await readBack([])).text).toContain('0名');
  });

  it('is not made when a glyph is missing, and says which (B53)', async () => {
    expect(await drawn([line({ name: '外字\u{e000}' }), line({ name: '葛\u{e01ee}𓀀' })])).toEqual({
      ok: false,
      refusal: {
        code: 'glyph_missing',
        details: { codePoints: ['U+E000', 'U+845B U+E01EE', 'U+13000'] },
      },
    });
  });

  it('names the package when there are no fonts', async () => {
    await expect(loadSheetFonts(folder)).rejects.toThrow(/install fonts-ipamj-mincho/);
  });
});
