/** National digits in the groups they are spoken in: `0312345678` → `03-1234-5678`. */
export function spokenNumber(digits: string): string {
  if (!/^0\d{8,10}$/.test(digits)) return digits;
  if (/^0[5789]0\d{8}$/.test(digits)) return grouped(digits, 3, 4);
  if (/^0(120|570|800)\d+$/.test(digits)) return grouped(digits, 4, 3);
  if (/^0[36]\d{8}$/.test(digits)) return grouped(digits, 2, 4);
  return grouped(digits, 3, 3);
}

function grouped(digits: string, first: number, second: number): string {
  return [
    digits.slice(0, first),
    digits.slice(first, first + second),
    digits.slice(first + second),
  ].join('-');
}

/** The end of an id, enough to tell two cases on the screen apart. */
export function shortId(id: string): string {
  return id.slice(-6).toUpperCase();
}
