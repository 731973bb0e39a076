import type { Weekday } from '@madoguchi/contracts';

/** Columns of the venues' CSV, in the order in which they are written; those with a mark must be there. */
export const COLUMNS = {
  code: '会場コード',
  nameJa: '名称',
  nameEn: '英語名称',
  town: '町名',
  address: '住所',
  kind: '種別',
  sun: '日',
  mon: '月',
  tue: '火',
  wed: '水',
  thu: '木',
  fri: '金',
  sat: '土',
  holidays: '祝日と年末年始',
  closedDays: '休業日',
  products: 'ワクチン',
  activeFrom: '開始日',
  lastDay: '最終日',
} as const;
export type Column = keyof typeof COLUMNS;

export const REQUIRED: readonly Column[] = [
  'code',
  'nameJa',
  'town',
  'address',
  'kind',
  'activeFrom',
];
export const WEEKDAY_COLUMNS: readonly Weekday[] = [
  'sun',
  'mon',
  'tue',
  'wed',
  'thu',
  'fri',
  'sat',
];

export const KIND_WORDS = { mass: '集団', clinic: '個別' } as const;
export const HOLIDAY_WORDS = { closed: '休', open: '開' } as const;

/** Cells of one row by column; what the file has not is absent. */
export type VenueCells = Partial<Record<Column, string>>;
