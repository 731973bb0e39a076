import type { CalendarDate, Refusal, Result } from '@madoguchi/kernel';
import {
  addDays,
  addMonths,
  isRoman,
  kanaKeys,
  kanjiKey,
  normalisePhoneNumber,
  ok,
  parseCalendarDate,
  readDate,
  refuse,
  romanKey,
} from '@madoguchi/kernel';

/** Columns of the snapshot file, in the order it is documented; an asterisk there is `required` here. */
export const COLUMNS = [
  '宛名番号',
  '氏名',
  '氏名カナ',
  '通称名',
  '併記名',
  '性別',
  '生年月日',
  '住民種別',
  '世帯番号',
  '郵便番号',
  '住所',
  '方書',
  '前住所',
  '転出先住所',
  '異動事由',
  '異動年月日',
  '届出年月日',
  '消除区分',
  '消除年月日',
  '電話番号',
  '国籍',
  '在留許可区分',
  '在留資格',
  '在留期間',
  '在留期間満了日',
  '規制情報',
  '備考',
] as const;
export type Column = (typeof COLUMNS)[number];
export const REQUIRED: readonly Column[] = ['宛名番号', '氏名', '性別', '生年月日', '住所'];

export type CsvRow = Partial<Record<Column, string>>;

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

export type RowFault = { column: Column; reason: string };

const SEX: Record<string, ResidentRecord['sex']> = {
  '0': 'unknown',
  '1': 'male',
  '2': 'female',
  '9': 'not-applicable',
  男: 'male',
  女: 'female',
  不明: 'unknown',
};

/** A birth date, or what is known of one: 1950, 1950年3月, 19500300. `day` is the latest possible. */
export function readBirth(text: string): { known: string; day: CalendarDate } | undefined {
  const whole = readDate(text);
  if (whole.kind === 'date' && !whole.outsideEra) return { known: whole.date, day: whole.date };
  const plain = text.normalize('NFKC').trim();
  const part = /^(\d{4})(?:年|[-/])?(?:(\d{1,2})(?:月)?)?(?:00|不詳|[-/月]?(?:日)?不詳)?$/u.exec(
    plain.replace(/0000$|00$/u, ''),
  );
  const year = part?.[1];
  if (year === undefined) return undefined;
  const month = part?.[2]?.padStart(2, '0');
  const known = month === undefined || month === '00' ? year : `${year}-${month}`;
  const first = parseCalendarDate(known.length === 4 ? `${known}-01-01` : `${known}-01`);
  if (!first) return undefined;
  return {
    known,
    day: addDays(addMonths(first, known.length === 4 ? 12 : 1, 'first-of-next'), -1),
  };
}

/** Keys a name can be found by: kanji, alias, jointly written, roman in any order. */
function nameKeysOf(names: readonly (string | null)[]): string[] {
  const keys = names
    .filter((name) => name !== null)
    .flatMap((name) => (isRoman(name) ? [romanKey(name)] : [kanjiKey(name)]));
  return [...new Set(keys)];
}

/** Reads one row, or says everything that is wrong with it. No value is repeated in a fault. */
export function readRow(
  row: CsvRow,
): Result<ResidentRecord, Refusal<'row_refused'> & { faults: RowFault[] }> {
  const faults: RowFault[] = [];
  const text = (column: Column): string | null => {
    const value = row[column]?.trim() ?? '';
    if (value.includes('\ufffd')) faults.push({ column, reason: '文字コードが読めません' });
    return value === '' ? null : value;
  };
  const required = (column: Column): string => {
    const value = text(column);
    if (value === null) faults.push({ column, reason: '必須の項目が空です' });
    return value ?? '';
  };
  const date = (column: Column): CalendarDate | null => {
    const value = text(column);
    if (value === null) return null;
    const read = readDate(value);
    if (read.kind === 'date') return read.date;
    faults.push({ column, reason: '日付として読めません' });
    return null;
  };
  const addresseeNumber = required('宛名番号');
  if (addresseeNumber.length > 15)
    faults.push({ column: '宛名番号', reason: '15文字を超えています' });
  const name = required('氏名');
  const birth = readBirth(required('生年月日'));
  if (!birth && row['生年月日']?.trim())
    faults.push({ column: '生年月日', reason: '日付として読めません' });
  const sex = SEX[required('性別').normalize('NFKC')];
  if (sex === undefined && row['性別']?.trim())
    faults.push({ column: '性別', reason: '性別の値ではありません' });
  const nameKana = text('氏名カナ');
  const alias = text('通称名');
  const jointlyWrittenName = text('併記名');
  const restrictions = (text('規制情報') ?? '')
    .split(/[、,;；]/u)
    .map((one) => one.trim())
    .filter((one) => one !== '');
  const telephones = (text('電話番号') ?? '')
    .split(/[、,;；/]/u)
    .map((one) => normalisePhoneNumber(one))
    .filter((one) => one !== undefined);
  const record = {
    addresseeNumber,
    name,
    nameKana,
    alias,
    jointlyWrittenName,
    sex: sex ?? 'unknown',
    dateOfBirth: birth?.known ?? '',
    birthDay: birth?.day ?? ('0001-01-01' as CalendarDate),
    residentKind: text('住民種別'),
    householdNumber: text('世帯番号'),
    postalCode: text('郵便番号'),
    address: required('住所'),
    buildingLine: text('方書'),
    previousAddress: text('前住所'),
    moveOutDestinationAddress: text('転出先住所'),
    residencyEventReason: text('異動事由'),
    residencyEventDate: date('異動年月日'),
    notificationDate: date('届出年月日'),
    removalType: text('消除区分'),
    removalDate: date('消除年月日'),
    telephones,
    nationalityOrRegion: text('国籍'),
    residencePermissionCategory: text('在留許可区分'),
    statusOfResidence: text('在留資格'),
    periodOfStay: text('在留期間'),
    periodOfStayExpiry: text('在留期間満了日'),
    restrictions,
    remarks: text('備考'),
    // Any restriction closes the record to ordinary operators; the desk sorts out what it means.
    protected: restrictions.length > 0,
    nameKeys: nameKeysOf([name, alias, jointlyWrittenName]),
    kanaKey: nameKana === null ? null : kanaKeys(nameKana).k2,
  } satisfies ResidentRecord;
  if (faults.length > 0)
    return { ok: false, refusal: { ...refuse('row_refused').refusal, faults } };
  return ok(record);
}
