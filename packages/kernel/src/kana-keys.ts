/** Keys of a kana name, strongest first (Digital Agency's Moji rule, 全銀 rule, then looser ones). */
export type KanaKeys = {
  /** Full-width katakana, no spaces or marks. */
  k1: string;
  /** And small kana large, ヲヰヱ folded: the join key, since old host data has no small kana. */
  k2: string;
  /** And ヴァ→バ, ヂ→ジ, ヅ→ズ, long vowels removed. */
  k3: string;
  /** And no dakuten: for candidates only (ナカジマ/ナカシマ). */
  k4: string;
};

const HALF_WIDTH = /[\uff61-\uff9f]+/gu;
const SMALL = 'ァィゥェォッャュョヮヵヶㇰㇱㇲㇳㇴㇵㇶㇷㇸㇹㇺㇻㇼㇽㇾㇿ';
const LARGE = 'アイウエオツヤユヨワカケクシストヌハヒフヘホムラリルレロ';
const FOLDS: readonly (readonly [RegExp, string])[] = [
  [/ヴア/gu, 'バ'],
  [/ヴイ/gu, 'ビ'],
  [/ヴエ/gu, 'ベ'],
  [/ヴオ/gu, 'ボ'],
  [/ヴ/gu, 'ブ'],
  [/ヂ/gu, 'ジ'],
  [/ヅ/gu, 'ズ'],
  [/ー/gu, ''],
  [/([オコソトノホモヨロゴゾドボポウクスツヌフムユルグズブプヤ])ウ/gu, '$1'],
  [/([オコソトノホモヨロゴゾドボポ])オ/gu, '$1'],
  [/([エケセテネヘメレゲゼデベペ])イ/gu, '$1'],
];

/** Half-width kana, hiragana and separate voice marks become full-width composed katakana. */
export function toKatakana(text: string): string {
  return text
    .replace(HALF_WIDTH, (run) => run.normalize('NFKC'))
    .replace(/゛/gu, '\u3099')
    .replace(/゜/gu, '\u309a')
    .normalize('NFC')
    .replace(/[\u3041-\u3096]/gu, (kana) =>
      String.fromCodePoint((kana.codePointAt(0) ?? 0) + 0x60),
    );
}

export function kanaKeys(text: string): KanaKeys {
  const k1 = toKatakana(text).replace(/[\s・･\-‐－=＝.．,，'’]/gu, '');
  const k2 = Array.from(k1, (kana) => {
    const small = SMALL.indexOf(kana);
    return small < 0 ? kana : LARGE.charAt(small);
  })
    .join('')
    .replace(/ヲ/gu, 'オ')
    .replace(/ヰ/gu, 'イ')
    .replace(/ヱ/gu, 'エ');
  const k3 = FOLDS.reduce((key, [from, to]) => key.replace(from, to), k2);
  const k4 = k3.normalize('NFD').replace(/[\u3099\u309a]/gu, '');
  return { k1, k2, k3, k4 };
}

/** Is this text kana, spaces and marks only? */
export function isKana(text: string): boolean {
  return /^[\u3041-\u309f\u30a0-\u30ff\uff61-\uff9f\u31f0-\u31ff\s・･-]+$/u.test(text);
}
