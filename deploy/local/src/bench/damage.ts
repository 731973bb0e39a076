import type { SearchItems } from '@madoguchi/contracts';
import type { Random } from '@madoguchi/registry/invent-residents/random';
import { addressParts, isRoman, kanaKeys, kanjiKey, romanKey } from '@madoguchi/kernel';
import type { Asked } from './big-register.ts';

/** One way of getting an entry of the register wrong, as callers and operators do. */
export type Damage = {
  kind: string;
  /** What is typed; undefined where this cannot happen to this person. */
  typed(person: Asked, random: Random): SearchItems | undefined;
  /** What all have in common who fit the undamaged form; the plain scan counts by it. */
  fits(person: Asked): string | undefined;
};

const KANA =
  'アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワ';
const yearOf = ({ dateOfBirth }: Asked): string => dateOfBirth.slice(0, 4);
const pickOf = (text: string, random: Random): string => random.pick(Array.from(text));

const toHiragana = (text: string): string =>
  text.replace(/[\u30a1-\u30f6]/gu, (kana) =>
    String.fromCodePoint((kana.codePointAt(0) ?? 0) - 0x60),
  );
/** Notations of the same sound: hiragana, no space, small kana large, ヴ, ヅ, ヂ, long vowels. */
const kanaNotation = (text: string, random: Random): string =>
  random.pick<(text: string) => string>([
    toHiragana,
    (name) => name.replace(/\s/gu, ''),
    (name) => name.replace(/[ャュョッ]/gu, (kana) => 'ヤユヨツ'.charAt('ャュョッ'.indexOf(kana))),
    (name) => name.replace(/オウ/gu, 'オオ').replace(/ウウ/gu, 'ウー'),
    (name) => name.replace(/([コトソノホモヨロ])ウ/gu, '$1ー'),
    (name) => name.replace(/ズ/gu, 'ヅ').replace(/ジ/gu, 'ヂ'),
  ])(text);

/** Old and new forms of the same kanji, both ways. */
const VARIANTS = [
  ['高', '髙'],
  ['崎', '﨑'],
  ['辺', '邉'],
  ['辺', '邊'],
  ['島', '嶋'],
  ['沢', '澤'],
  ['浜', '濱'],
  ['桜', '櫻'],
  ['広', '廣'],
  ['真', '眞'],
  ['恵', '惠'],
  ['国', '國'],
  ['竜', '龍'],
  ['斎', '齋'],
  ['斉', '齊'],
] as const;
function kanjiVariant(name: string): string | undefined {
  for (const [one, other] of VARIANTS) {
    if (name.includes(one)) return name.replaceAll(one, other);
    if (name.includes(other)) return name.replaceAll(other, one);
  }
  return undefined;
}

const KANJI_DIGITS = '〇一二三四五六七八九';
const wide = (text: string): string =>
  text.replace(/[0-9-]/gu, (one) =>
    one === '-' ? '－' : String.fromCodePoint(one.charCodeAt(0) + 0xfee0),
  );
function addressNotation(address: string, random: Random): string | undefined {
  const parts = addressParts(address);
  if (!parts || parts.numbers.length < 2) return undefined;
  const { town, numbers } = parts;
  const plain = `${town}${numbers.join('-')}`;
  return random.pick([
    plain,
    wide(plain),
    `江戸川区${plain}`,
    `東京都江戸川区${town}${numbers.join('－')}`,
    `${town} ${numbers.join(' - ')}`,
    ...(numbers.length === 3 && (numbers[0] ?? 99) < 10
      ? [`${town}${KANJI_DIGITS.charAt(numbers[0] ?? 0)}丁目${numbers[1]}番${numbers[2]}号`]
      : []),
  ]);
}

function otherOrder(name: string, random: Random): string | undefined {
  const words = name.trim().split(/\s+/u);
  if (!isRoman(name) || words.length < 2) return undefined;
  const turn = random.between(1, words.length - 1);
  return [...words.slice(turn), ...words.slice(0, turn)].join(' ').toLowerCase();
}

function oneWrongKana(text: string, random: Random): string {
  const letters = Array.from(text);
  const places = letters.flatMap((letter, at) => (/\s/u.test(letter) ? [] : [at]));
  const at = random.pick(places);
  for (;;) {
    const wrong = pickOf(KANA, random);
    if (wrong === letters[at]) continue;
    return letters.map((letter, index) => (index === at ? wrong : letter)).join('');
  }
}

/** One other digit that still makes a date. */
function oneWrongDigit(date: string, random: Random): string {
  for (;;) {
    const at = random.pick([2, 3, 5, 6, 8, 9]);
    const wrong = `${date.slice(0, at)}${random.between(0, 9)}${date.slice(at + 1)}`;
    const read = new Date(`${wrong}T00:00:00Z`);
    const isDate = !Number.isNaN(read.getTime()) && read.toISOString().startsWith(wrong);
    if (wrong !== date && isDate) return wrong;
  }
}

const wholeBirth = ({ dateOfBirth }: Asked): boolean => dateOfBirth.length === 10;
const kanaAndYear = (person: Asked): string | undefined =>
  person.nameKana === null ? undefined : `${kanaKeys(person.nameKana).k2}/${yearOf(person)}`;

/** A sixth of the queries each. */
export const DAMAGES: readonly Damage[] = [
  {
    kind: 'kana',
    typed: (person, random) =>
      person.nameKana === null
        ? undefined
        : { name: kanaNotation(person.nameKana, random), dateOfBirth: yearOf(person) },
    fits: kanaAndYear,
  },
  {
    kind: 'kanji',
    typed: (person) => {
      const name = kanjiVariant(person.name);
      return name === undefined ? undefined : { name, dateOfBirth: yearOf(person) };
    },
    fits: (person) => `${kanjiKey(person.name)}/${yearOf(person)}`,
  },
  {
    kind: 'address',
    typed: (person, random) => {
      const address = addressNotation(person.address, random);
      return address === undefined ? undefined : { address, dateOfBirth: yearOf(person) };
    },
    fits: (person) => {
      const parts = addressParts(person.address);
      return parts && `${parts.town}:${parts.numbers.join('-')}/${yearOf(person)}`;
    },
  },
  {
    kind: 'order',
    typed: (person, random) => {
      const name = otherOrder(person.name, random);
      return name === undefined ? undefined : { name };
    },
    fits: (person) => (isRoman(person.name) ? romanKey(person.name) : undefined),
  },
  {
    kind: 'wrong_kana',
    typed: (person, random) =>
      person.nameKana === null
        ? undefined
        : { name: oneWrongKana(person.nameKana, random), dateOfBirth: yearOf(person) },
    fits: kanaAndYear,
  },
  {
    kind: 'wrong_digit',
    typed: (person, random) =>
      wholeBirth(person)
        ? { name: person.name, dateOfBirth: oneWrongDigit(person.dateOfBirth, random) }
        : undefined,
    fits: (person) =>
      wholeBirth(person) ? `${kanjiKey(person.name)}/${person.dateOfBirth}` : undefined,
  },
];
