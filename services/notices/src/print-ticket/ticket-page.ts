import { addressBlock } from './address-block.ts';
import { certificate } from './certificate.ts';
import type { PageItem } from './page-item.ts';
import { label } from './page-item.ts';
import { personBlock, questionTable, venueBlock } from './questionnaire.ts';
import type { TicketPaper } from './ticket-paper.ts';
import { TICKET_PIECE_MM, ticketPiece } from './ticket-piece.ts';

/** 接種券一体型予診票 in simplified form: address, ticket, questionnaire, certificate on one page. */
export function ticketPage(paper: TicketPaper): PageItem[] {
  const top = 65;
  const questions = questionTable(104);
  return [
    ...addressBlock(paper),
    label(`予防接種予診票（接種券一体型）　${paper.ticket.doseNumber}回目`, {
      x: 12,
      y: top - 6.5,
      size: 11,
    }),
    ...personBlock(paper, top),
    ...ticketPiece(paper, { x: 198 - TICKET_PIECE_MM.width, y: top }),
    ...questions.items,
    ...venueBlock(questions.end + 3),
    ...certificate(paper, questions.end + 51),
  ];
}
