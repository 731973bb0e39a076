import { seededRandom } from '../invent-residents/random.ts';

/** A person as a caller would say them, and their row of the register's file. */
export type Stranger = {
  items: { name: string; dateOfBirth: string; address: string };
  telephone: string;
  /** @param more protection or removal, as the last columns have it */
  row(number: number, kind: 'open' | 'protected' | 'moved'): string;
};

const FAMILIES =
  '石川 前田 岡本 藤田 後藤 近藤 長谷 村上 遠藤 青木 坂本 福田 太田 西村 藤井 岡田 三浦 竹内 中川 松田';
const GIVENS =
  '健一 誠二 直樹 和也 達夫 裕子 恵子 久美 真理 智子 美咲 大輔 翔太 拓海 陽菜 結衣 健太 彩香 正雄 静江';
const TOWNS = '西葛西 船堀 平井 中葛西 一之江 瑞江 篠崎町 小松川 東小岩 南小岩';
const KANA =
  'アカサタナハマヤラワイキシチニヒミリウクスツヌフムユルエケセテネヘメレオコソトノホモヨロ';

/** So many that about twenty share a birthday, as in a city of 700,000. */
const BIRTHDAYS_PER_THOUSAND = 50;

/**
 * People of one making, whatever becomes of them: who is protected, who moved and who is not on the
 * register at all differ in nothing but that.
 */
export function strangers(count: number, seed: number): Stranger[] {
  const random = seededRandom(seed);
  const word = (words: string): string => random.pick(words.split(' '));
  const kana = (): string =>
    Array.from({ length: 4 }, () => random.pick(Array.from(KANA))).join('');
  const birthdays = Math.ceil((count * BIRTHDAYS_PER_THOUSAND) / 1_000);
  return Array.from({ length: count }, (_, index) => {
    const day = new Date(Date.UTC(1950, 0, 1) + random.between(1, birthdays) * 12 * 86_400_000);
    const dateOfBirth = day.toISOString().slice(0, 10);
    const name = `${word(FAMILIES)}　${word(GIVENS)}${String.fromCodePoint(0x4e00 + random.between(0, 999))}`;
    const address = `東京都江戸川区${word(TOWNS)}${random.between(1, 9)}丁目${random.between(1, 30)}番${random.between(1, 30)}号`;
    const telephone = `0900${String(random.between(0, 9_999_999)).padStart(7, '0')}`;
    const reading = `${kana()} ${kana()}`;
    const end = {
      open: ['', '', '', ''],
      protected: ['', '', '', '支援措置'],
      moved: ['転出', '20260401', '転出', '20260401'],
    };
    return {
      items: { name, dateOfBirth, address },
      telephone,
      row(number, kind) {
        const [event, eventDay, removal, fourth] = end[kind];
        const destination = kind === 'moved' ? '千葉県市川市八幡１丁目１番１号' : '';
        const removalDay = kind === 'moved' ? fourth : '';
        const restriction = kind === 'protected' ? fourth : '';
        const who = [name, reading, '1', dateOfBirth.replaceAll('-', ''), 100_000 + index, address];
        const then = [destination, event, eventDay, removal, removalDay, telephone, restriction];
        return [String(number).padStart(10, '0'), ...who, ...then, ''].join(',');
      },
    };
  });
}
