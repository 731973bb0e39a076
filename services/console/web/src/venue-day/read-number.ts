import { readConfirmationNumber, readTicket } from '@madoguchi/kernel/codes';

/** What a visitor's paper says: the number of a booking, or that of a ticket. */
export type PaperNumber =
  | { kind: 'booking'; confirmationNumber: string }
  | { kind: 'ticket'; ticketNumber: string }
  /** Nine digits whose check digit does not fit. */
  | { kind: 'mistyped' }
  | { kind: 'unreadable' };

/** Reads a number as typed or scanned: full-width digits, any dash, or a ticket's whole line. */
export function readNumber(text: string): PaperNumber {
  const confirmationNumber = readConfirmationNumber(text);
  if (confirmationNumber !== undefined) return { kind: 'booking', confirmationNumber };
  const ticketNumber = readTicket(text)?.ticketNumber;
  if (ticketNumber !== undefined) return { kind: 'ticket', ticketNumber };
  return {
    kind: /^\d{9}$/u.test(text.normalize('NFKC').replace(/[^\d]/gu, ''))
      ? 'mistyped'
      : 'unreadable',
  };
}
