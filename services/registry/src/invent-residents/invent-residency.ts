import type { CalendarDate } from '@madoguchi/kernel';
import { addDays, daysBetween } from '@madoguchi/kernel';
import type { CsvRow } from '../domain/resident-columns.ts';
import type { Random } from './random.ts';

const ELSEWHERE = [
  '千葉県市川市八幡１丁目１番１号',
  '東京都葛飾区立石５丁目１３番１号',
  '千葉県浦安市猫実１丁目１番１号',
  '東京都江東区東陽４丁目１１番２８号',
  '埼玉県川口市青木２丁目１番１号',
  '大阪府大阪市北区中之島１丁目３番２０号',
];
const MOVED_AWAY = 0.012;
const DIED = 0.006;

const compact = (date: CalendarDate): string => date.replaceAll('-', '');

/** When and from where a household came, or undefined where it has always been here. */
export type Arrival = { date: CalendarDate; from: string } | undefined;

export function inventArrival(random: Random, today: CalendarDate): Arrival {
  if (!random.chance(0.6)) return undefined;
  return { date: addDays(today, -random.between(30, 9_000)), from: random.pick(ELSEWHERE) };
}

function howTheyCame(random: Random, birth: CalendarDate, arrival: Arrival): CsvRow {
  if (!arrival || arrival.date <= birth) {
    if (random.chance(0.2)) return {};
    return {
      異動事由: '出生',
      異動年月日: compact(birth),
      届出年月日: compact(addDays(birth, 10)),
    };
  }
  return {
    前住所: arrival.from,
    異動事由: '転入',
    異動年月日: compact(arrival.date),
    届出年月日: compact(addDays(arrival.date, 7)),
  };
}

export type Stays = {
  today: CalendarDate;
  birth: CalendarDate;
  arrival: Arrival;
  mayLeave: boolean;
};

/** How a person came to live here, and how a few of them left. */
export function inventResidency(random: Random, given: Stays): CsvRow {
  const { today, birth } = given;
  const left = addDays(today, -random.between(20, 400));
  const fate = random.next();
  const old = daysBetween(birth, today) > 70 * 365;
  if (!given.mayLeave || left <= birth || fate > MOVED_AWAY + (old ? DIED * 4 : 0))
    return howTheyCame(random, birth, given.arrival);
  const died = fate > MOVED_AWAY;
  return {
    異動事由: died ? '死亡' : '転出',
    異動年月日: compact(left),
    届出年月日: compact(left),
    転出先住所: died ? '' : random.pick(ELSEWHERE),
    消除区分: died ? '死亡' : '転出',
    消除年月日: compact(left),
  };
}
