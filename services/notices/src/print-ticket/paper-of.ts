import type { recipientForPrint, ReplyOf } from '@madoguchi/contracts';
import type { Clock } from '@madoguchi/kernel';
import { composeOcrLine, formatEraDate, parseCalendarDate, tokyoDate } from '@madoguchi/kernel';
import type { z } from 'zod';
import type { noticesConfig } from '../config.ts';
import type { Ticket } from '../store/ticket-store.ts';
import type { TicketPaper } from './ticket-paper.ts';

type Recipient = ReplyOf<typeof recipientForPrint>;
export type Printer = {
  config: z.output<z.ZodObject<typeof noticesConfig>>;
  clock: Clock;
};

const SEX_WORDS: Record<Recipient['sex'], string> = {
  male: '男',
  female: '女',
  unknown: '',
  'not-applicable': '',
};

/** A birth date that is partly unknown is printed as far as it is known. */
function printedDate(text: string): string {
  const date = parseCalendarDate(text);
  if (date) return formatEraDate(date);
  const [year = '', month] = text.split('-');
  return month === undefined ? `${year}年（月日不詳）` : `${year}年${Number(month)}月（日不詳）`;
}

/** What stands on a ticket's paper: the number as it is live, and whom the register sends it to now. */
export function paperOf(printer: Printer, ticket: Ticket, recipient: Recipient): TicketPaper {
  const { config, clock } = printer;
  const { doseNumber, municipalityCode, ticketNumber } = ticket;
  const ticketType = config.TICKET_TYPE;
  const ocrLine = composeOcrLine({ ticketType, doseNumber, municipalityCode, ticketNumber });
  return {
    recipient: {
      ...recipient,
      dateOfBirth: printedDate(recipient.dateOfBirth),
      sex: SEX_WORDS[recipient.sex],
    },
    ticket: { ticketType, doseNumber, municipalityCode, ticketNumber, ocrLine },
    municipalityName: config.MUNICIPALITY_NAME,
    senderLines: config.SENDER_LINES.split('|'),
    issuedOn: formatEraDate(tokyoDate(clock.now())),
    reissued: ticket.replaces !== null,
  };
}
