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
const SMALL = 'ァィゥェォッャュョヮヵヶㇰㇱㇲㇳㇴㇵㇶㇷㇸㇹㇺㇻㇼㇽㇾㇿヲヰヱ';
const LARGE = 'アイウエオツヤユヨワカケクシストヌハヒフヘホムラリルレロオイエ';
const SMALL_OR_OLD = new RegExp(`[${SMALL}]`, 'gu');
const ENLARGED: ReadonlyMap<string, string> = new Map(
  Array.from(SMALL, (kana, index) => [kana, LARGE.charAt(index)]),
);
/** Only these are folded; most names have none of them in a place that counts. */
const MAY_FOLD = /[ヴヂヅーウオイ]/u;
/** Nothing to convert: register's own kana. */
const KATAKANA_ONLY = /^[\u30a1-\u30fa\u30fc\s]*$/u;
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
  if (KATAKANA_ONLY.test(text)) return text;
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
  const k2 = k1.replace(SMALL_OR_OLD, (kana) => ENLARGED.get(kana) ?? kana);
  // A register is keyed by the million: the looser keys are made when they are asked for.
  return {
    k1,
    k2,
    get k3() {
      return looseKey(k2);
    },
    get k4() {
      return looseKey(k2)
        .normalize('NFD')
        .replace(/[\u3099\u309a]/gu, '');
    },
  };
}

const looseKey = (k2: string): string =>
  MAY_FOLD.test(k2) ? FOLDS.reduce((key, [from, to]) => key.replace(from, to), k2) : k2;

/** Is this text kana, spaces and marks only? */
export function isKana(text: string): boolean {
  return /^[\u3041-\u309f\u30a0-\u30ff\uff61-\uff9f\u31f0-\u31ff\s・･-]+$/u.test(text);
}
