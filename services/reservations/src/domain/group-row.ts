import { typedText } from '@madoguchi/contracts';
import type { CalendarDate } from '@madoguchi/kernel';
import { plainCell, readDate } from '@madoguchi/kernel';
import type { Fault, FileHeader } from './file-columns.ts';
import { plain, readColumns } from './file-columns.ts';
import type { ListingWanted } from './membership.ts';
import type { PriorityGroup, Rules } from './rulebook.ts';

/** Columns of a list of people. */
export const GROUP_COLUMNS = {
  宛名番号: true,
  生年月日: true,
  区分コード: true,
  開始日: false,
  最終日: false,
  出所: false,
} as const;
type Column = keyof typeof GROUP_COLUMNS;

export type GroupHeader = FileHeader<Column>;
/** A row as it was read: who, of which list, from when to when. */
export type GroupRow = ListingWanted & {
  addresseeNumber: string;
  dateOfBirth: CalendarDate;
  groupCode: string;
};

/** Required columns that are missing, or any that stands there twice, refuse the file. */
export function readGroupHeader(
  cells: readonly string[],
): { ok: true; header: GroupHeader } | { ok: false; faults: string[] } {
  const { missing, twice, header } = readColumns(cells, GROUP_COLUMNS);
  const faults = [
    ...missing.map((column) => `列 ${column} がありません`),
    ...twice.map((column) => `列 ${column} が二つあります`),
  ];
  return faults.length > 0 ? { ok: false, faults } : { ok: true, header };
}

const LONGEST_NUMBER = 15;
const LONGEST_SOURCE = 200;
const Source = typedText(LONGEST_SOURCE);
/** As the console takes them: days near enough to be counted from. */
const [OLDEST, TOO_LATE] = ['1868-01-01', '2200-01-01'];

/** How a group must be to have a list, or what to do where it is not so. */
function groupFault(code: string, groups: readonly PriorityGroup[]): string | undefined {
  const group = groups.find((one) => one.groupCode === code);
  if (!group) return '登録されていない区分です。ルール画面の区分一覧にあるコードを書いてください';
  return group.listed ? undefined : '年齢や生年月日で決まる区分です。名簿には載せられません';
}

/** One row, or everything that is wrong with it. */
export function readGroupRow(
  { places, width }: GroupHeader,
  values: readonly string[],
  given: { rules: Rules; source: string },
): { ok: true; row: GroupRow } | { ok: false; faults: Fault[] } {
  if (values.length !== width)
    return {
      ok: false,
      faults: [
        {
          column: '',
          reason: `列が ${width} ではなく ${values.length} あります。区切りと引用符を確かめてください`,
        },
      ],
    };
  const faults: Fault[] = [];
  const fail = (column: Column, reason: string): void => {
    faults.push({ column, reason });
  };
  const text = (column: Column): string => plain(plainCell(values[places.get(column) ?? -1] ?? ''));
  const day = (column: Column): CalendarDate | undefined => {
    const cell = text(column);
    if (cell === '') return undefined;
    const read = readDate(cell);
    if (read.kind === 'date' && !read.outsideEra && read.date >= OLDEST && read.date < TOO_LATE)
      return read.date;
    fail(column, '暦にある日付を 2026-04-01 や R8.4.1 のように書いてください');
    return undefined;
  };
  const addresseeNumber = text('宛名番号');
  if (addresseeNumber === '') fail('宛名番号', '空です。宛名番号を書いてください');
  else if (!/^[0-9A-Za-z-]+$/u.test(addresseeNumber) || addresseeNumber.length > LONGEST_NUMBER)
    fail('宛名番号', `宛名番号として読めません。${LONGEST_NUMBER}文字までの番号を書いてください`);
  const dateOfBirth = day('生年月日');
  if (text('生年月日') === '')
    fail('生年月日', '空です。取り違えを防ぐため生年月日を書いてください');
  const groupCode = text('区分コード');
  const wrong = groupFault(groupCode, given.rules.priorityGroups);
  if (wrong !== undefined) fail('区分コード', wrong);
  const from = day('開始日');
  const lastDay = day('最終日') ?? null;
  if (from !== undefined && lastDay !== null && lastDay < from)
    fail('最終日', '開始日より前です。どちらかを直してください');
  const source = text('出所') || given.source;
  if (!Source.safeParse(source).success || source.includes('\uFFFD'))
    fail('出所', `読めない文字のない、${LONGEST_SOURCE}文字までの名前にしてください`);
  return faults.length === 0 && dateOfBirth !== undefined
    ? { ok: true, row: { addresseeNumber, dateOfBirth, groupCode, from, lastDay, source } }
    : { ok: false, faults };
}
