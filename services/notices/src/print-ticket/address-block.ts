import type { PageItem } from './page-item.ts';
import { label, written } from './page-item.ts';
import type { TicketPaper } from './ticket-paper.ts';

/**
 * Address for the single window of a 長形3号 envelope (235 × 120 mm), folded in three. Nothing but
 * the address stands behind the window; the sender stands beside it.
 */
export function addressBlock(paper: TicketPaper): PageItem[] {
  const { recipient, senderLines, issuedOn, reissued } = paper;
  const inWindow = { x: 22, width: 84 };
  return [
    ...(recipient.postalCode === null
      ? []
      : [written(`〒${recipient.postalCode}`, { ...inWindow, y: 16, size: 11 })]),
    written(recipient.address, { ...inWindow, y: 22.5, size: 11, lines: 2 }),
    ...(recipient.buildingLine === null
      ? []
      : [written(recipient.buildingLine, { ...inWindow, y: 33, size: 10, lines: 2 })]),
    written(`${recipient.name}　様`, { ...inWindow, y: 43, size: 14, lines: 2 }),
    ...senderLines.map((line, place) =>
      label(line, { x: 126, y: 18 + place * 5, size: 8.5, width: 72 }),
    ),
    label(`発行日　${issuedOn}${reissued ? '（再発行）' : ''}`, { x: 126, y: 31, size: 8.5 }),
    label(
      'この用紙は切り離さずに接種会場へお持ちください。接種券部分の番号を折ったり汚したりしないでください。',
      { x: 126, y: 38, size: 7.5, width: 72, lines: 3 },
    ),
    ...(reissued
      ? [
          label('以前お送りした接種券は使えません。お手元にあるときは破棄してください。', {
            x: 126,
            y: 48,
            size: 7.5,
            width: 72,
            lines: 2,
          }),
        ]
      : []),
    // Where the sheet is folded in three.
    { kind: 'line', x1: 0, y1: 99, x2: 4, y2: 99 },
    { kind: 'line', x1: 0, y1: 198, x2: 4, y2: 198 },
  ];
}
