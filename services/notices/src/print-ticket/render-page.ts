import type { Refusal, Result } from '@madoguchi/kernel';
import { chooseFont, ok, refuse } from '@madoguchi/kernel';
import PdfDocument from 'pdfkit';
import type { TicketFonts } from './fonts.ts';
import type { PrintFont } from './print-font.ts';
import type { Face, PageItem, TextItem } from './page-item.ts';
import { PAGE_MM } from './ticket-paper.ts';

const POINTS_PER_MM = 72 / 25.4;
const LINE_HEIGHT = 1.25;
const SMALLEST = 4;

type SetText = { item: TextItem; font: PrintFont; size: number; lines: string[] };

/** Breaks between graphemes only, so that a base and its variation selector stay together. */
function breakLines(
  font: PrintFont,
  text: string,
  line: { size: number; width: number },
): string[] {
  const lines: string[] = [];
  let current = '';
  for (const { segment } of new Intl.Segmenter('ja').segment(text)) {
    if (current !== '' && font.widthOf(current + segment, line.size) > line.width) {
      lines.push(current);
      current = '';
    }
    current += segment;
  }
  return [...lines, current];
}

/** The largest size, up to the wanted one, at which the text fits; nothing is ever cut off. */
function fit(item: TextItem, font: PrintFont): SetText {
  if (item.width === undefined) return { item, font, size: item.size, lines: [item.text] };
  const width = item.width * POINTS_PER_MM;
  let size = item.size;
  let lines = breakLines(font, item.text, { size, width });
  while (lines.length > (item.lines ?? 1) && size > SMALLEST) {
    size -= 0.25;
    lines = breakLines(font, item.text, { size, width });
  }
  return { item, font, size, lines };
}

const fontsOf = (fonts: TicketFonts, face: Face): readonly PrintFont[] => {
  const found = fonts[face];
  return 'missing' in found ? [found] : found;
};

/** Chooses a font for every text; refuses with the code points that none of them has. */
function setTexts(
  items: readonly PageItem[],
  fonts: TicketFonts,
): Result<SetText[], Refusal<'glyph_missing'>> {
  const missing = new Set<string>();
  const set: SetText[] = [];
  for (const item of items) {
    if (item.kind !== 'text' || item.text === '') continue;
    const chosen = chooseFont(fontsOf(fonts, item.face), item.text);
    if ('font' in chosen) set.push(fit(item, chosen.font));
    else for (const codePoint of chosen.missing) missing.add(codePoint);
  }
  return missing.size === 0 ? ok(set) : refuse('glyph_missing', { codePoints: [...missing] });
}

function drawText(document: PDFKit.PDFDocument, { item, font, size, lines }: SetText): void {
  document.font(font.id).fontSize(size);
  lines.forEach((line, place) => {
    document.text(
      line,
      item.x * POINTS_PER_MM,
      item.y * POINTS_PER_MM + place * size * LINE_HEIGHT,
      { lineBreak: false },
    );
  });
}

function drawMark(document: PDFKit.PDFDocument, item: Exclude<PageItem, TextItem>): void {
  const mm = POINTS_PER_MM;
  switch (item.kind) {
    case 'line':
      if (item.dashed) document.dash(3, { space: 3 });
      document
        .moveTo(item.x1 * mm, item.y1 * mm)
        .lineTo(item.x2 * mm, item.y2 * mm)
        .stroke();
      document.undash();
      return;
    case 'box':
      document.rect(item.x * mm, item.y * mm, item.width * mm, item.height * mm).stroke();
      return;
    case 'matrix': {
      const module = (item.side * mm) / item.matrix.length;
      item.matrix.forEach((row, y) =>
        row.forEach((dark, x) => {
          if (dark)
            document.rect(item.x * mm + x * module, item.y * mm + y * module, module, module);
        }),
      );
      document.fill('black');
      return;
    }
    case 'bars': {
      const module = (item.width * mm) / item.bars.reduce((sum, width) => sum + width, 0);
      let x = item.x * mm;
      item.bars.forEach((width, place) => {
        if (place % 2 === 0) document.rect(x, item.y * mm, width * module, item.height * mm);
        x += width * module;
      });
      document.fill('black');
    }
  }
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

/**
 * Draws one A4 page to PDF. Every glyph is looked up before anything is drawn: a page with an empty
 * box in somebody's name is never made.
 */
export async function renderPage(
  items: readonly PageItem[],
  fonts: TicketFonts,
): Promise<Result<Buffer, Refusal<'glyph_missing'>>> {
  const texts = setTexts(items, fonts);
  if (!texts.ok) return texts;
  const document = new PdfDocument({
    size: [PAGE_MM.width * POINTS_PER_MM, PAGE_MM.height * POINTS_PER_MM],
    margin: 0,
    // No built-in font: it would be loaded and knows no Japanese.
    font: '',
    info: { Title: '予防接種予診票（接種券一体型）', Creator: 'Madoguchi', Producer: 'Madoguchi' },
  });
  for (const font of [...fonts.labels, ...fonts.names, fonts.ocr])
    document.registerFont(font.id, font.bytes);
  document.lineWidth(0.4);
  for (const item of items) if (item.kind !== 'text') drawMark(document, item);
  for (const text of texts.value) drawText(document, text);
  return ok(await finished(document));
}
