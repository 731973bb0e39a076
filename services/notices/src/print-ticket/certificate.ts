import type { PageItem } from './page-item.ts';
import { box, label, written } from './page-item.ts';
import type { TicketPaper } from './ticket-paper.ts';

/**
 * 接種済証: dose number, date, maker and lot (blank, filled in at the venue), name, address as on the
 * resident record, date of birth, and the mayor's title.
 */
export function certificate(paper: TicketPaper, y: number): PageItem[] {
  const { recipient, ticket, municipalityName } = paper;
  const address = [recipient.address, recipient.buildingLine].filter(Boolean).join('　');
  return [
    { kind: 'line', x1: 6, y1: y - 3, x2: 204, y2: y - 3, dashed: true },
    label('予防接種済証', { x: 12, y, size: 12 }),
    box(12, y + 8, [92, 38]),
    label(`${ticket.doseNumber}回目`, { x: 15, y: y + 10, size: 9 }),
    label('接種年月日　　　　　年　　　月　　　日', { x: 15, y: y + 17, size: 8 }),
    label('メーカー／Lot No.（シール貼付け）', { x: 15, y: y + 24, size: 8 }),
    label('接種場所', { x: 15, y: y + 39, size: 8 }),
    label('氏名', { x: 110, y: y + 10, size: 7.5 }),
    written(recipient.name, { x: 124, y: y + 9.4, size: 10, width: 74, lines: 2 }),
    label('住所', { x: 110, y: y + 18, size: 7.5 }),
    written(address, { x: 124, y: y + 17.4, size: 9, width: 74, lines: 2 }),
    label('生年月日', { x: 110, y: y + 28, size: 7.5 }),
    written(recipient.dateOfBirth, { x: 124, y: y + 27.4, size: 9, width: 74 }),
    label(`券番号　${ticket.ticketNumber}`, { x: 110, y: y + 35, size: 7.5 }),
    label(`${municipalityName}長`, { x: 148, y: y + 41, size: 10 }),
  ];
}
