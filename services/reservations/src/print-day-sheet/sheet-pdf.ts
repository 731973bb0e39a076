import type { Refusal, Result } from '@madoguchi/kernel';
import { chooseFont, ok, refuse } from '@madoguchi/kernel';
import PdfDocument from 'pdfkit';
import type { SheetLine } from '../domain/day-sheet.ts';
import { SHEET_COLUMNS } from '../domain/day-sheet.ts';
import type { SheetFont } from './sheet-fonts.ts';

export type Sheet = {
  venue: string;
  /** As printed, era date. */
  day: string;
  printedAt: string;
  lines: readonly SheetLine[];
};

/** A4 lying down, in points. */
const PAGE = { width: 841.89, height: 595.28, margin: 34 } as const;
const ROW = { height: 21, size: 10.5, smallest: 2.5 } as const;
const LINE_HEIGHT = 1.15;
const TOP = 92;
const ROWS_A_PAGE = 21;
const WIDTHS = [42, 84, 148, 148, 98, 40, 108, 32] as const;
/** Ticked by hand: came, was given the dose. */
const TO_TICK = ['受付', '接種'] as const;
const TICK_WIDTH = 36;

type Mark = { page: number; text: string; x: number; y: number; size: number; width: number };

/** The marks of a page, so that every glyph is looked up before anything is drawn. */
function pageMarks(sheet: Sheet, page: { number: number; of: number }): Mark[] {
  const lines = sheet.lines.slice((page.number - 1) * ROWS_A_PAGE, page.number * ROWS_A_PAGE);
  const { margin, width, height } = PAGE;
  const wide = width - 2 * margin;
  const marks: Omit<Mark, 'page'>[] = [
    { text: `当日名簿　${sheet.venue}`, x: margin, y: margin, size: 16, width: wide - 180 },
    {
      text: `${sheet.day}　${sheet.lines.length}名`,
      x: margin,
      y: margin + 23,
      size: 11,
      width: wide,
    },
    {
      text: `${page.number} / ${page.of} ページ　${sheet.printedAt} 印刷`,
      x: width - margin - 170,
      y: margin + 4,
      size: 9,
      width: 170,
    },
    {
      text: '取扱注意：会場の受付だけで使い、持ち出さず、終了後は市へ返却してください。',
      x: margin,
      y: height - margin - 10,
      size: 9,
      width: wide,
    },
  ];
  const texts = [
    [...SHEET_COLUMNS.map(([, heading]) => heading), ...TO_TICK],
    ...lines.map((line) =>
      SHEET_COLUMNS.map(([field]) =>
        field === 'name' && line.withoutName ? '（受付で確認してください）' : line[field],
      ),
    ),
  ];
  texts.forEach((row, index) => {
    let x: number = margin;
    row.forEach((text, column) => {
      const room = WIDTHS[column] ?? TICK_WIDTH;
      const y = TOP + (index - 1) * ROW.height + 4.5;
      marks.push({ text, x: x + 3, y, size: ROW.size, width: room - 6 });
      x += room;
    });
  });
  return marks.filter((mark) => mark.text !== '').map((mark) => ({ ...mark, page: page.number }));
}

type SetMark = Mark & { font: SheetFont; lines: string[] };

/** Breaks between graphemes only, so that a base and its variation selector stay together. */
function breakLines(font: SheetFont, { text, width }: Mark, size: number): string[] {
  const lines: string[] = [];
  let current = '';
  for (const { segment } of new Intl.Segmenter('ja').segment(text)) {
    if (current !== '' && font.widthOf(current + segment, size) > width) {
      lines.push(current);
      current = '';
    }
    current += segment;
  }
  return [...lines, current];
}

/** The largest size at which the text fits its cell, on as many lines as stand in it; nothing is ever cut off. */
function fit(mark: Mark, font: SheetFont): SetMark {
  for (let { size } = mark; ; size -= 0.25) {
    const lines = breakLines(font, mark, size);
    const high = lines.length * size * LINE_HEIGHT;
    if (high > ROW.height - 2 && size > ROW.smallest) continue;
    // In the middle of its row, whatever the size.
    const y = mark.y + (mark.size * LINE_HEIGHT - high) / 2;
    return { ...mark, font, size, lines, y };
  }
}

/** A font for every text, or the code points that none of them has. */
function setMarks(
  marks: readonly Mark[],
  fonts: readonly SheetFont[],
): Result<SetMark[], Refusal<'glyph_missing'>> {
  const missing = new Set<string>();
  const set = marks.flatMap((mark) => {
    const chosen = chooseFont(fonts, mark.text);
    if ('font' in chosen) return [fit(mark, chosen.font)];
    for (const codePoint of chosen.missing) missing.add(codePoint);
    return [];
  });
  return missing.size === 0 ? ok(set) : refuse('glyph_missing', { codePoints: [...missing] });
}

function drawLines(document: PDFKit.PDFDocument, rows: number): void {
  const columns = [...WIDTHS, ...TO_TICK.map(() => TICK_WIDTH)];
  const right = PAGE.margin + columns.reduce((sum, width) => sum + width, 0);
  const top = TOP - ROW.height;
  const bottom = TOP + rows * ROW.height;
  document.lineWidth(0.4);
  for (let row = 0; row <= rows + 1; row += 1) {
    const y = top + row * ROW.height;
    document.moveTo(PAGE.margin, y).lineTo(right, y).stroke();
  }
  let x: number = PAGE.margin;
  for (const width of [0, ...columns]) {
    x += width;
    document.moveTo(x, top).lineTo(x, bottom).stroke();
  }
}

function drawText(document: PDFKit.PDFDocument, { font, size, x, y, lines }: SetMark): void {
  document.font(font.id).fontSize(size);
  lines.forEach((line, place) => {
    document.text(line, x, y + place * size * LINE_HEIGHT, { lineBreak: false });
  });
}

function finished(document: PDFKit.PDFDocument): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    document.on('data', (chunk: Buffer) => chunks.push(chunk));
    document.on('end', () => resolve(Buffer.concat(chunks)));
    document.on('error', reject);
    document.end();
  });
}

/** The sheet as PDF; refused, and nothing drawn, when somebody's name cannot be printed whole. */
export async function sheetPdf(
  sheet: Sheet,
  fonts: readonly SheetFont[],
): Promise<Result<Buffer, Refusal<'glyph_missing'>>> {
  const of = Math.max(1, Math.ceil(sheet.lines.length / ROWS_A_PAGE));
  const numbers = Array.from({ length: of }, (_, index) => index + 1);
  const marks = setMarks(
    numbers.flatMap((number) => pageMarks(sheet, { number, of })),
    fonts,
  );
  if (!marks.ok) return marks;
  const document = new PdfDocument({
    size: [PAGE.width, PAGE.height],
    margin: 0,
    autoFirstPage: false,
    // No built-in font: it would be loaded and knows no Japanese.
    font: '',
    info: { Title: '当日名簿', Creator: 'Madoguchi', Producer: 'Madoguchi' },
  });
  for (const font of fonts) document.registerFont(font.id, font.bytes);
  for (const number of numbers) {
    document.addPage();
    drawLines(document, Math.min(ROWS_A_PAGE, sheet.lines.length - (number - 1) * ROWS_A_PAGE));
    for (const mark of marks.value) if (mark.page === number) drawText(document, mark);
  }
  return ok(await finished(document));
}
