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
import type { RowFault, RowReader } from './row-reader.ts';
import { rowReader } from './row-reader.ts';

/** A person as the register keeps them; search keys beside the items as they came. */
export type ResidentRecord = {
  addresseeNumber: string;
  name: string;
  nameKana: string | null;
  alias: string | null;
  jointlyWrittenName: string | null;
  sex: 'unknown' | 'male' | 'female' | 'not-applicable';
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
  telephones: string[];
  nationalityOrRegion: string | null;
  residencePermissionCategory: string | null;
  statusOfResidence: string | null;
  periodOfStay: string | null;
  periodOfStayExpiry: string | null;
  restrictions: string[];
  remarks: string | null;
  protected: boolean;
  nameKeys: string[];
  kanaKey: string | null;
};

/** ISO 5218 digits, and the words that files use. */
const SEX: Record<string, ResidentRecord['sex']> = {
  '0': 'unknown',
  '1': 'male',
  '2': 'female',
  '9': 'not-applicable',
  男: 'male',
  女: 'female',
  男性: 'male',
  女性: 'female',
  不明: 'unknown',
};
const NO_BIRTH: KnownBirth = { known: '', day: '0001-01-01' as CalendarDate };

/** Keys a name can be found by: kanji, alias, jointly written, roman in any order. */
function nameKeysOf(names: readonly (string | null)[]): string[] {
  const keys = names
    .filter((name) => name !== null)
    .map((name) => (isRoman(name) ? romanKey(name) : kanjiKey(name)));
  return [...new Set(keys)];
}

function whoItIs(row: RowReader, cells: CsvRow) {
  const addresseeNumber = row.required('宛名番号', 15);
  if (addresseeNumber !== '' && !/^[0-9A-Za-z-]+$/u.test(addresseeNumber))
    row.fault('宛名番号', '数字と英字だけで書いてください');
  const birth = readBirth(row.required('生年月日'));
  if (!birth && cells['生年月日']?.trim()) row.fault('生年月日', '日付として読めません');
  const sex = SEX[row.required('性別').normalize('NFKC')];
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

function whereTheyLive(row: RowReader) {
  const removalType = row.text('消除区分');
  const removalDate = row.date('消除年月日');
  if (removalType !== null && removalDate === null)
    row.fault('消除年月日', '消除区分があるのに日付がありません');
  return {
    householdNumber: row.text('世帯番号', 20),
    postalCode: row.text('郵便番号', 10),
    address: row.required('住所'),
    buildingLine: row.text('方書'),
    previousAddress: row.text('前住所'),
    moveOutDestinationAddress: row.text('転出先住所'),
    residencyEventReason: row.text('異動事由'),
    residencyEventDate: row.date('異動年月日'),
    notificationDate: row.date('届出年月日'),
    removalType,
    removalDate,
  };
}

function restOf(row: RowReader) {
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
    // Any restriction closes the record to ordinary operators; the desk sorts out what it means.
    protected: restrictions.length > 0,
  };
}

export type RowRefusal = Refusal<'row_refused'> & { faults: readonly RowFault[] };

/** Reads one row, or says everything that is wrong with it. Stored names keep their characters. */
export function readRow(cells: CsvRow): Result<ResidentRecord, RowRefusal> {
  const row = rowReader(cells);
  const record = { ...whoItIs(row, cells), ...whereTheyLive(row), ...restOf(row) };
  if (row.faults.length === 0) return ok(record);
  return { ok: false, refusal: { ...refuse('row_refused').refusal, faults: row.faults } };
}
