import type { PageItem } from './page-item.ts';
import { box, label, written } from './page-item.ts';
import { nw7Bars, qrMatrix } from './symbols.ts';
import type { TicketPaper } from './ticket-paper.ts';

/** The national measures: 63.0 × 33.0–35.0 mm, QR 10 mm (11 with its margin), NW-7 5.6 × 37.21 mm. */
export const TICKET_PIECE_MM = { width: 63, height: 34, qr: 10, barWidth: 37.21, barHeight: 5.6 };

/** 券種 in words; 1 is not used for this programme. */
const TYPE_NAMES: Record<string, string> = { '2': '接種', '3': '予診のみ' };

/**
 * The ticket piece (接種券部分): what is read by eye, QR, NW-7 and the 18-digit line in OCR-B 9 pt.
 * About 2 mm lie between the barcode and the line, at least 1 mm stays blank below it.
 */
export function ticketPiece(paper: TicketPaper, at: { x: number; y: number }): PageItem[] {
  const { ticket, recipient, municipalityName } = paper;
  const { width, height, qr, barWidth, barHeight } = TICKET_PIECE_MM;
  const left = at.x + 2;
  const value = left + 12;
  const row = (number: number): number => at.y + 1.6 + number * 4.1;
  const field = (number: number, name: string, text: string): PageItem[] => [
    label(name, { x: left, y: row(number) + 0.4, size: 6 }),
    written(text, { x: value, y: row(number), size: 8.5, width: number < 3 ? 34 : 46 }),
  ];
  return [
    box(at.x, at.y, [width, height]),
    ...field(
      0,
      '券種／回数',
      `${TYPE_NAMES[ticket.ticketType] ?? ticket.ticketType}　${ticket.doseNumber}回目`,
    ),
    ...field(1, '請求先', `${municipalityName}　${ticket.municipalityCode}`),
    ...field(2, '券番号', ticket.ticketNumber),
    ...field(3, '氏名', recipient.name),
    {
      kind: 'matrix',
      matrix: qrMatrix(ticket.ocrLine),
      x: at.x + width - qr - 1.5,
      y: at.y + 1.5,
      side: qr,
    },
    {
      kind: 'bars',
      bars: nw7Bars(ticket.ticketNumber),
      x: left,
      y: at.y + 19.4,
      width: barWidth,
      height: barHeight,
    },
    { kind: 'text', face: 'ocr', text: ticket.ocrLine, x: left, y: at.y + 27, size: 9 },
  ];
}
