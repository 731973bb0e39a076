import { readConfirmationNumber, readTicket } from '@madoguchi/kernel/codes';

/** What a visitor's paper says: the number of a booking, or that of a ticket. */
export type PaperNumber =
  | { kind: 'booking'; confirmationNumber: string }
  | { kind: 'ticket'; ticketNumber: string }
  /** Nine digits whose check digit does not fit. */
  | { kind: 'mistyped' }
  | { kind: 'unreadable' };

const digitsOf = (text: string): string => text.normalize('NFKC').replace(/[^\d]/gu, '');

/** Reads a number as typed or scanned: full-width digits, any dash, or a ticket's whole line. */
export function readNumber(text: string): PaperNumber {
  const confirmationNumber = readConfirmationNumber(text);
  if (confirmationNumber !== undefined) return { kind: 'booking', confirmationNumber };
  // The whole line says whose city it is of, which the registry compares too.
  if (readTicket(text)) return { kind: 'ticket', ticketNumber: digitsOf(text) };
  return {
    kind: /^\d{9}$/u.test(digitsOf(text)) ? 'mistyped' : 'unreadable',
  };
}
