const DIGITS = '〇一二三四五六七八九';
const UNITS: Readonly<Record<string, number>> = { 十: 10, 百: 100, 千: 1000 };

const digitOf = (character: string): number => (character === '零' ? 0 : DIGITS.indexOf(character));

/** 二十三 → 23, 千九百六十四 → 1964; also 二三 written digit by digit. */
function valueOf(text: string): number {
  const characters = Array.from(text);
  if (!characters.some((one) => one in UNITS)) return Number(characters.map(digitOf).join(''));
  let sum = 0;
  let digits = '';
  for (const character of characters) {
    const unit = UNITS[character];
    if (unit === undefined) {
      digits += digitOf(character);
      continue;
    }
    sum += (digits === '' ? 1 : Number(digits)) * unit;
    digits = '';
  }
  return sum + Number(digits);
}

/** Kanji numerals as digits, wherever they stand in a text that has no other use of them. */
export const kanjiNumbersAsDigits = (text: string): string =>
  text.replace(/[〇零一二三四五六七八九十百千]+/gu, (number) => String(valueOf(number)));
