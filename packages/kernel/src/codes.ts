/**
 * Check digit of a local government code (全国地方公共団体コード): last digit of 11 − (weighted sum mod 11).
 * @param five the first five digits
 */
export function municipalityCheckDigit(five: string): string {
  const sum = [6, 5, 4, 3, 2].reduce((total, weight, i) => total + weight * Number(five[i]), 0);
  return String((11 - (sum % 11)) % 10);
}

export function isMunicipalityCode(code: string): boolean {
  return /^\d{6}$/u.test(code) && municipalityCheckDigit(code.slice(0, 5)) === code[5];
}

/** The parts of the 18-digit line on a ticket: 券種, 回数, 市町村コード, 券番号. */
export type OcrLine = {
  ticketType: string;
  doseNumber: number;
  municipalityCode: string;
  ticketNumber: string;
};

/** The 18 digits for reading by machine; the dose is one digit. */
export function composeOcrLine(parts: OcrLine): string {
  return `${parts.ticketType}${parts.doseNumber % 10}${parts.municipalityCode}${parts.ticketNumber}`;
}

/** A ticket as typed or scanned: the whole line, or the ten digits of the number alone. */
export function readTicket(
  text: string,
): (Partial<OcrLine> & { ticketNumber: string }) | undefined {
  const digits = text.normalize('NFKC').replace(/[\s-]/gu, '');
  if (/^\d{10}$/u.test(digits)) return { ticketNumber: digits };
  if (!/^\d{18}$/u.test(digits)) return undefined;
  const municipalityCode = digits.slice(2, 8);
  if (!isMunicipalityCode(municipalityCode)) return undefined;
  return {
    ticketType: digits.slice(0, 1),
    doseNumber: Number(digits[1]),
    municipalityCode,
    ticketNumber: digits.slice(8),
  };
}

/** The number of a ticket of this municipality; every other one gives the same ten digits to somebody of its own. */
export function readOwnTicket(text: string, municipalityCode: string): string | undefined {
  const ticket = readTicket(text);
  const isOurs = [undefined, municipalityCode].includes(ticket?.municipalityCode);
  return isOurs ? ticket?.ticketNumber : undefined;
}

/** Check digit of ISO 7064, mod 11-10: a digit for a digit, and most that change places, are noticed. */
function checkDigit(digits: string): number {
  let product = 10;
  for (const digit of digits) {
    const sum = (product + Number(digit)) % 10 || 10;
    product = (sum * 2) % 11;
  }
  return (11 - product) % 10;
}

/** Digits only, so that it can be typed on a telephone: eight digits and a check digit. */
export function confirmationNumber(eightDigits: string): string {
  const digits = `${eightDigits}${checkDigit(eightDigits)}`;
  return `${digits.slice(0, 3)}-${digits.slice(3, 6)}-${digits.slice(6)}`;
}

/** 整理番号 of who waits to be called back: six digits and a check digit, shorter than any other number of ours. */
export function callbackTicketNumber(sixDigits: string): string {
  return `${sixDigits.slice(0, 3)}-${sixDigits.slice(3)}${checkDigit(sixDigits)}`;
}

/** What people put between the digits: blanks, dots, and every dash there is (also ー, typed for one). */
const BETWEEN_DIGITS = /[\s.・·ー\p{Dash}]/gu;

/**
 * A confirmation number as it is read out or typed (full-width digits, any dash or none) in the one way it
 * is stored; undefined where it cannot be one.
 */
export function readConfirmationNumber(text: string): string | undefined {
  const digits = text.normalize('NFKC').replace(BETWEEN_DIGITS, '');
  if (!/^\d{9}$/u.test(digits)) return undefined;
  const number = confirmationNumber(digits.slice(0, 8));
  return number.replaceAll('-', '') === digits ? number : undefined;
}

export function isConfirmationNumber(text: string): boolean {
  return readConfirmationNumber(text) !== undefined;
}
