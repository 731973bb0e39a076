import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chooseFont } from '@madoguchi/kernel';
import fc from 'fast-check';
import jsqr from 'jsqr';
import { PNG } from 'pngjs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TicketFonts } from './fonts.ts';
import { loadTicketFonts } from './fonts.ts';
import { renderPage } from './render-page.ts';
import { nw7Bars, qrMatrix } from './symbols.ts';
import { ticketPage } from './ticket-page.ts';
import type { TicketPaper } from './ticket-paper.ts';
import { TICKET_PIECE_MM, ticketPiece } from './ticket-piece.ts';

// A CommonJS module whose types say `default` where Node gives the function itself.
const readQr = jsqr as unknown as (typeof jsqr)['default'];
const OCR_LINE = '231312370123456789';
const paper = (recipient: Partial<TicketPaper['recipient']> = {}): TicketPaper => ({
  recipient: {
    name: '𠮷田　花子',
    postalCode: '134-0088',
    address: '東京都江戸川区西葛西六丁目23番1号',
    buildingLine: 'コーポ髙﨑102号室',
    dateOfBirth: '昭和25年4月1日',
    sex: '女',
    ...recipient,
  },
  ticket: {
    ticketType: '2',
    doseNumber: 3,
    municipalityCode: '131237',
    ticketNumber: '0123456789',
    ocrLine: OCR_LINE,
  },
  municipalityName: '東京都江戸川区',
  senderLines: ['江戸川区 健康部'],
  issuedOn: '令和8年11月23日',
  reissued: true,
});

let fonts: TicketFonts;
const folder = mkdtempSync(join(tmpdir(), 'madoguchi-ticket-'));
beforeAll(async () => {
  fonts = await loadTicketFonts(process.env['FONT_DIRECTORIES'] ?? '/usr/share/fonts');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const printed = async (given: TicketPaper): Promise<string> => {
  const page = await renderPage(ticketPage(given), fonts);
  if (!page.ok) throw new Error(JSON.stringify(page.refusal));
  const path = join(folder, 'ticket.pdf');
  writeFileSync(path, page.value);
  return path;
};

describe('the paper of a ticket', () => {
  it('is one A4 page whose text can be read back, rare kanji included', async () => {
    const path = await printed(paper());
    const info = execFileSync('pdfinfo', [path], { encoding: 'utf8' });
    expect(info).toMatch(/Pages:\s+1\n/);
    expect(info).toMatch(/Page size:\s+595\.\d+ x 841\.\d+ pts \(A4\)/);
    const text = execFileSync('pdftotext', ['-layout', path, '-'], { encoding: 'utf8' });
    for (const part of [OCR_LINE, '0123456789', '131237', '𠮷田', 'コーポ髙﨑102号室', '3回目'])
      expect(text).toContain(part);
    expect(text).toContain('以前お送りした接種券は使えません');
  });

  it('sets the line in OCR-B and embeds every font', async () => {
    const list = execFileSync('pdffonts', [await printed(paper())], { encoding: 'utf8' });
    expect(list).toContain('OCRB');
    expect(list).toContain('IPAexGothic');
    const rows = list.trim().split('\n').slice(2);
    for (const row of rows) expect(row).toMatch(/ yes yes yes /);
  });

  it('carries the same 18 digits in a QR code that a reader reads from the page', async () => {
    const path = await printed(paper());
    execFileSync('pdftoppm', ['-r', '300', '-png', '-singlefile', path, join(folder, 'page')]);
    const png = PNG.sync.read(readFileSync(join(folder, 'page.png')));
    const found = readQr(new Uint8ClampedArray(png.data), png.width, png.height);
    expect(found?.data).toBe(OCR_LINE);
    expect(found?.version).toBe(1);
    const { topLeftCorner, topRightCorner } = found?.location ?? {
      topLeftCorner: { x: 0 },
      topRightCorner: { x: 0 },
    };
    const side = ((topRightCorner.x - topLeftCorner.x) / 300) * 25.4;
    expect(side).toBeGreaterThan(9.7);
    expect(side).toBeLessThan(10.3);
    // Drawing 300 dots an inch takes its time beside other work.
  }, 30_000);

  it('keeps long names and addresses whole', async () => {
    const name = 'ラジャセカラン　ヴェンカタナラシムハラージュヴァリペータ　シュリニヴァサ';
    const path = await printed(paper({ name, buildingLine: '方書'.repeat(40) }));
    const text = execFileSync('pdftotext', ['-raw', path, '-'], { encoding: 'utf8' });
    expect(text.replace(/\s/g, '')).toContain(name.replace(/\s/g, ''));
  });

  it('is not made when a glyph is missing, and says which (B53)', async () => {
    for (const [name, codePoint] of [
      ['外字\u{e000}', 'U+E000'],
      // Private use, and every one of our fonts has some glyph there.
      ['外字\u{f860}', 'U+F860'],
      ['𓀀', 'U+13000'],
      ['葛\u{e01ee}', 'U+845B U+E01EE'],
    ] as const)
      expect(await renderPage(ticketPage(paper({ name })), fonts)).toEqual({
        ok: false,
        refusal: { code: 'glyph_missing', details: { codePoints: [codePoint] } },
      });
  });

  it('prints a registered variant where the font has it', () => {
    const text = '葛\u{e0102}';
    const chosen = chooseFont(fonts.names, text);
    expect('font' in chosen && chosen.font.id).toBe('mjMincho');
  });
});

describe('the ticket piece', () => {
  it('has the national measures and lies within itself', () => {
    expect(TICKET_PIECE_MM.width).toBe(63);
    expect(TICKET_PIECE_MM.height).toBeGreaterThanOrEqual(33);
    expect(TICKET_PIECE_MM.height).toBeLessThanOrEqual(35);
    for (const item of ticketPiece(paper(), { x: 0, y: 0 })) {
      if (item.kind === 'line') continue;
      const right = item.x + ('width' in item ? (item.width ?? 0) : 0);
      expect(right).toBeLessThanOrEqual(TICKET_PIECE_MM.width);
      expect(item.y).toBeLessThan(TICKET_PIECE_MM.height);
    }
  });

  it('draws QR modules that any number survives', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^\d{18}$/), (line) => {
        const matrix = qrMatrix(line);
        expect(matrix.length).toBe(21);
        const scale = 4;
        const margin = 4;
        const side = (matrix.length + 2 * margin) * scale;
        const pixels = new Uint8ClampedArray(side * side * 4).fill(255);
        for (let y = 0; y < side; y += 1)
          for (let x = 0; x < side; x += 1)
            if (matrix[Math.floor(y / scale) - margin]?.[Math.floor(x / scale) - margin])
              pixels.fill(0, (y * side + x) * 4, (y * side + x) * 4 + 3);
        expect(readQr(pixels, side, side)?.data).toBe(line);
      }),
      { numRuns: 30 },
    );
  });

  it('draws NW-7 with a start and a stop around ten digits', () => {
    // Seven elements a character and a gap after each: twelve characters.
    expect(nw7Bars('0123456789')).toHaveLength(12 * 8);
    expect(nw7Bars('0123456789').slice(0, 7)).toEqual([1, 1, 3, 3, 1, 3, 1]);
  });
});

describe('fonts', () => {
  it('that are not there are named with their packages', async () => {
    await expect(loadTicketFonts(folder)).rejects.toThrow(
      /install fonts-ipaexfont-gothic, fonts-ocr-b, fonts-ipamj-mincho/,
    );
  });
});
