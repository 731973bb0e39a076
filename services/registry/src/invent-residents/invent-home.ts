import { readList } from './name-lists.ts';
import type { Random } from './random.ts';

export type Town = {
  name: string;
  chome: number;
  postcode: string;
  /** Towns with two postcodes: the second holds from this 丁目 on. */
  second: { postcode: string; fromChome: number } | undefined;
  foreignWeight: number;
};

/** Where a household lives, in the notation of the register. */
export type Home = { address: string; building: string; postal: string };

export function readTowns(): Town[] {
  return readList('towns.csv').map((row) => ({
    name: row['town'] ?? '',
    chome: Number(row['chome']),
    postcode: row['postcode'] ?? '',
    second: row['second_postcode']
      ? { postcode: row['second_postcode'], fromChome: Number(row['second_from_chome']) }
      : undefined,
    foreignWeight: Number(row['foreign_weight']),
  }));
}

const BUILDINGS = ['メゾン', 'コーポ', 'ハイツ', 'グランド', 'パーク', 'サン', 'リバーサイド'];

/** Digits and hyphens in full width, as the register's host prints them. */
export const fullWidth = (text: string): string =>
  text.replace(/[0-9-]/gu, (character) =>
    character === '-' ? '－' : String.fromCodePoint((character.codePointAt(0) ?? 0) + 0xfee0),
  );

function buildingIn(random: Random, town: Town): string {
  if (!random.chance(0.65)) return '';
  const room = fullWidth(String(random.between(1, 14) * 100 + random.between(1, 12)));
  // 方書 of two lines, as printed on envelopes: the building, and at whose home.
  if (random.chance(0.004))
    return `${random.pick(BUILDINGS)}${town.name}${room}号室\n${random.pick(['鈴木', '佐藤', '田中'])}様方`;
  if (random.chance(0.15))
    return `都営${town.name}アパート${fullWidth(String(random.between(1, 24)))}号棟${room}`;
  return `${random.pick(BUILDINGS)}${town.name}${room}号室`;
}

/** A home in a town, more often where it is large; foreign households where they really live more. */
export function inventHome(random: Random, towns: readonly Town[], foreign: boolean): Home {
  const town = random.weighted(towns, (one) => (one.chome + 1) * (foreign ? one.foreignWeight : 1));
  const chome = town.chome === 0 ? undefined : random.between(1, town.chome);
  const place =
    chome === undefined
      ? `${random.between(1, 2_900)}番地${random.between(1, 30)}`
      : `${chome}丁目${random.between(1, 45)}番${random.between(1, 30)}号`;
  const { second } = town;
  const code =
    second && chome !== undefined && chome >= second.fromChome ? second.postcode : town.postcode;
  return {
    address: `東京都江戸川区${town.name}${fullWidth(place)}`,
    building: buildingIn(random, town),
    postal: `${code.slice(0, 3)}-${code.slice(3)}`,
  };
}
