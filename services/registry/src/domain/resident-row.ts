import type { CalendarDate, Refusal, Result } from '@madoguchi/kernel';
import {
  isRoman,
  kanaKeys,
  kanjiKey,
  normalisePhoneNumber,
  ok,
  refuse,
  romanKey,
} from '@madoguchi/kernel';
import type { KnownBirth } from './resident-birth.ts';
import { readBirth } from './resident-birth.ts';
import type { CsvRow } from './resident-columns.ts';
import type { CodeBook, Sex } from './register-codes.ts';
import type { Interval, ResidencyKind } from './residency.ts';
import { residencyIntervals } from './residency.ts';
import { rowEvents } from './revise-residency.ts';
import type { SearchKeys } from './search-keys.ts';
import { searchKeysOf } from './search-keys.ts';
import type { RowFault, RowReader } from './row-reader.ts';
import { rowReader } from './row-reader.ts';

/** A person as the register keeps them; search keys beside the items as they came. */
export type ResidentRecord = SearchKeys & {
  addresseeNumber: string;
  name: string;
  nameKana: string | null;
  alias: string | null;
  jointlyWrittenName: string | null;
  sex: Sex;
  dateOfBirth: string;
  birthDay: CalendarDate;
  residentKind: string | null;
  householdNumber: string | null;
  postalCode: string | null;
  address: string;
  buildingLine: string | null;
  previousAddress: string | null;
  moveOutDestinationAddress: string | null;
  residencyEventReason: string | null;
  residencyEventDate: CalendarDate | null;
  notificationDate: CalendarDate | null;
  removalType: string | null;
  removalDate: CalendarDate | null;
  residencyKind: ResidencyKind | null;
  removalKind: ResidencyKind | null;
  telephones: string[];
  nationalityOrRegion: string | null;
  residencePermissionCategory: string | null;
  statusOfResidence: string | null;
  periodOfStay: string | null;
  periodOfStayExpiry: string | null;
  restrictions: string[];
  remarks: string | null;
  /** A restriction that closes the record. */
  restricted: boolean;
  nameKeys: string[];
  kanaKey: string | null;
  /** When this person lived here, as this row alone tells. */
  residency: Interval[];
};

const NO_BIRTH: KnownBirth = { known: '', day: '0001-01-01' as CalendarDate };

/** Keys a name can be found by: kanji, alias, jointly written, roman in any order. */
function nameKeysOf(names: readonly (string | null)[]): string[] {
  const keys = names
    .filter((name) => name !== null)
    .map((name) => (isRoman(name) ? romanKey(name) : kanjiKey(name)));
  return [...new Set(keys)];
}

function whoItIs(row: RowReader, cells: CsvRow, codes: CodeBook) {
  const addresseeNumber = row.required('宛名番号', 15);
  if (addresseeNumber !== '' && !/^[0-9A-Za-z-]+$/u.test(addresseeNumber))
    row.fault('宛名番号', '数字と英字だけで書いてください');
  const birth = readBirth(row.required('生年月日'));
  if (!birth && cells['生年月日']?.trim()) row.fault('生年月日', '日付として読めません');
  const sex = codes.meaningOf('性別', row.required('性別')) as Sex | undefined;
  if (sex === undefined && cells['性別']?.trim()) row.fault('性別', '性別の値ではありません');
  const name = row.required('氏名');
  const nameKana = row.text('氏名カナ');
  const alias = row.text('通称名');
  const jointlyWrittenName = row.text('併記名');
  const { known, day } = birth ?? NO_BIRTH;
  return {
    addresseeNumber,
    name,
    nameKana,
    alias,
    jointlyWrittenName,
    sex: sex ?? ('unknown' as const),
    dateOfBirth: known,
    birthDay: day,
    nameKeys: nameKeysOf([name, alias, jointlyWrittenName]),
    kanaKey: nameKana === null ? null : kanaKeys(nameKana).k2,
  };
}

function whereTheyLive(row: RowReader, codes: CodeBook) {
  const removalType = row.text('消除区分');
  const removalDate = row.date('消除年月日');
  if (removalType !== null && removalDate === null)
    row.fault('消除年月日', '消除区分があるのに日付がありません');
  const residencyEventReason = row.text('異動事由');
  return {
    householdNumber: row.text('世帯番号', 20),
    postalCode: row.text('郵便番号', 10),
    address: row.required('住所'),
    buildingLine: row.text('方書'),
    previousAddress: row.text('前住所'),
    moveOutDestinationAddress: row.text('転出先住所'),
    residencyEventReason,
    residencyEventDate: row.date('異動年月日'),
    notificationDate: row.date('届出年月日'),
    removalType,
    removalDate,
    residencyKind:
      residencyEventReason === null
        ? null
        : (codes.residencyKind('異動事由', residencyEventReason) ?? null),
    removalKind:
      removalType === null ? null : (codes.residencyKind('消除区分', removalType) ?? null),
  };
}

function restOf(row: RowReader, codes: CodeBook) {
  const restrictions = row.list('規制情報');
  return {
    residentKind: row.text('住民種別'),
    telephones: row
      .list('電話番号')
      .map((one) => normalisePhoneNumber(one))
      .filter((one) => one !== undefined),
    nationalityOrRegion: row.text('国籍'),
    residencePermissionCategory: row.text('在留許可区分'),
    statusOfResidence: row.text('在留資格'),
    periodOfStay: row.text('在留期間'),
    periodOfStayExpiry: row.text('在留期間満了日'),
    restrictions,
    remarks: row.text('備考', 2_000),
    // Whatever is not known to be harmless closes the record; the desk sorts out what it means.
    restricted: restrictions.some((one) => codes.meaningOf('規制情報', one) !== 'notes'),
  };
}

export type RowRefusal = Refusal<'row_refused'> & { faults: readonly RowFault[] };

/** Reads one row, or says everything that is wrong with it. Stored names keep their characters. */
export function readRow(cells: CsvRow, codes: CodeBook): Result<ResidentRecord, RowRefusal> {
  const row = rowReader(cells);
  const items = {
    ...whoItIs(row, cells, codes),
    ...whereTheyLive(row, codes),
    ...restOf(row, codes),
  };
  const residency = residencyIntervals(rowEvents(items), items.birthDay);
  if (row.faults.length === 0) return ok({ ...items, ...searchKeysOf(items), residency });
  return { ok: false, refusal: { ...refuse('row_refused').refusal, faults: row.faults } };
}

/** Who is taken off by a row of changes, by what, and from when where the row says it. */
export function readRemoval(
  cells: CsvRow,
  codes: CodeBook,
): Result<
  { number: string; type: string; kind: ResidencyKind; date: CalendarDate | null },
  RowRefusal
> {
  const row = rowReader(cells);
  const number = row.required('宛名番号', 15);
  const type = row.text('消除区分') ?? row.text('異動事由') ?? 'その他';
  const date = row.date('消除年月日') ?? row.date('異動年月日');
  const kind = codes.residencyKind('消除区分', type) ?? 'left-otherwise';
  if (row.faults.length === 0) return ok({ number, type, kind, date });
  return { ok: false, refusal: { ...refuse('row_refused').refusal, faults: row.faults } };
}
