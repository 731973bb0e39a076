/**
 * National digits of a Japanese number in any notation, `+` and country code for others; undefined
 * where the number is withheld or is none (非通知, 公衆電話, 表示圏外).
 */
export function normalisePhoneNumber(text: string): string | undefined {
  const plain = text.normalize('NFKC').trim();
  const digits = plain.replace(/\(0\)/gu, '').replace(/\D/gu, '');
  if (digits.length < 3 || digits.length > 15) return undefined;
  if (/^\+|^010|^0081/u.test(plain.replace(/[\s()-]/gu, ''))) {
    const international = digits.replace(/^(?:010|00)/u, '');
    return international.startsWith('81') ? `0${international.slice(2)}` : `+${international}`;
  }
  if (digits.startsWith('81') && digits.length >= 11) return `0${digits.slice(2)}`;
  return digits;
}
