import type { Result } from '@madoguchi/kernel';
import { isMunicipalityCode, parseCalendarDate } from '@madoguchi/kernel';

/** One dose as the VRS ledger CSV (予防接種台帳向け出力) tells it; the doctor's name is not kept. */
export type VrsDose = {
  doseNumber: number;
  vaccinationDate: string;
  ticketNumber: string;
  municipalityCode: string;
  maker: string;
  venueName: string | null;
  lotNumber: string | null;
};
export type VrsRow = { addresseeNumber: string; doses: VrsDose[] };
/** What is wrong in a row: the column, and why. Never the value, which may be somebody's. */
export type RowFault = { column: string; reason: string };

export const ADDRESSEE_COLUMN = '個別宛名番号';
const BLOCK = [
  '接種履歴登録日時',
  '接種日',
  '券番号',
  '接種自治体コード',
  '接種会場名',
  '接種医師名',
  'ワクチンメーカー',
  'ワクチンロット番号',
] as const;
type BlockColumn = (typeof BLOCK)[number];
const NEEDED: readonly BlockColumn[] = ['接種日', '券番号', '接種自治体コード', 'ワクチンメーカー'];

/** Where the columns of each dose stand; later doses repeat the block of eight. */
export type VrsHeader = {
  addressee: number;
  blocks: ReadonlyMap<number, ReadonlyMap<BlockColumn, number>>;
  ignored: string[];
};

/** Columns by name, in any order; `1回目接種日`, `2回目接種日` and so on. */
export function readVrsHeader(values: readonly string[]): Result<VrsHeader, RowFault[]> {
  const blocks = new Map<number, Map<BlockColumn, number>>();
  const ignored: string[] = [];
  const names = values.map((value) => value.normalize('NFKC').trim());
  const wanted = BLOCK.map((name) => name.normalize('NFKC'));
  names.forEach((name, place) => {
    const [, dose = '', rest = ''] = /^(\d{1,2})回目(.+)$/u.exec(name) ?? [];
    const column = BLOCK[wanted.indexOf(rest)];
    if (column === undefined) {
      if (name !== ADDRESSEE_COLUMN) ignored.push(name);
      return;
    }
    const block = blocks.get(Number(dose)) ?? new Map<BlockColumn, number>();
    blocks.set(Number(dose), block.set(column, place));
  });
  const faults: RowFault[] = [];
  const addressee = names.indexOf(ADDRESSEE_COLUMN);
  if (addressee < 0) faults.push({ column: ADDRESSEE_COLUMN, reason: '列がありません' });
  if (blocks.size === 0) faults.push({ column: '1回目接種日', reason: '列がありません' });
  for (const [dose, block] of blocks)
    for (const column of NEEDED)
      if (!block.has(column))
        faults.push({ column: `${dose}回目${column}`, reason: '列がありません' });
  return faults.length > 0
    ? { ok: false, refusal: faults }
    : { ok: true, value: { addressee, blocks, ignored } };
}

/** `YYYYMMDD` as a day there is. */
function readDay(text: string): string | undefined {
  const match = /^(\d{4})(\d{2})(\d{2})$/.exec(text);
  return match ? parseCalendarDate(`${match[1]}-${match[2]}-${match[3]}`) : undefined;
}

const orNull = (text: string): string | null => (text === '' ? null : text);

function faultsOf(dose: VrsDose, today: string): [BlockColumn, string][] {
  const faults: [BlockColumn, string][] = [];
  if (dose.vaccinationDate === '') faults.push(['接種日', '日付として読めません']);
  else if (dose.vaccinationDate > today) faults.push(['接種日', '未来の日付です']);
  if (!/^\d{10}$/.test(dose.ticketNumber)) faults.push(['券番号', '10桁の数字ではありません']);
  if (!isMunicipalityCode(dose.municipalityCode))
    faults.push(['接種自治体コード', '自治体コードとして正しくありません']);
  if (dose.maker === '') faults.push(['ワクチンメーカー', '空です']);
  if ((dose.lotNumber?.length ?? 0) > 20)
    faults.push(['ワクチンロット番号', '20文字を超えています']);
  if ((dose.venueName?.length ?? 0) > 30) faults.push(['接種会場名', '30文字を超えています']);
  return faults;
}

/**
 * The doses of one row. A dose whose eight columns are all empty was not given. One fault refuses the
 * row: half a history would let an interval look longer than it is.
 * @param today `YYYY-MM-DD`, the latest possible day
 */
export function readVrsRow(
  header: VrsHeader,
  values: readonly string[],
  today: string,
): Result<VrsRow, RowFault[]> {
  const doses: VrsDose[] = [];
  const faults: RowFault[] = [];
  for (const [doseNumber, block] of header.blocks) {
    const cell = (column: BlockColumn): string => (values[block.get(column) ?? -1] ?? '').trim();
    if (BLOCK.every((column) => cell(column) === '')) continue;
    const dose: VrsDose = {
      doseNumber,
      vaccinationDate: readDay(cell('接種日')) ?? '',
      ticketNumber: cell('券番号'),
      municipalityCode: cell('接種自治体コード'),
      maker: cell('ワクチンメーカー'),
      venueName: orNull(cell('接種会場名')),
      lotNumber: orNull(cell('ワクチンロット番号')),
    };
    doses.push(dose);
    for (const [column, reason] of faultsOf(dose, today))
      faults.push({ column: `${doseNumber}回目${column}`, reason });
  }
  doses.sort((a, b) => a.doseNumber - b.doseNumber);
  const disordered = doses.find(
    (dose, place) => dose.vaccinationDate < (doses[place - 1]?.vaccinationDate ?? ''),
  );
  if (disordered && faults.length === 0)
    faults.push({ column: `${disordered.doseNumber}回目接種日`, reason: '前の回より前の日付です' });
  if (faults.length > 0) return { ok: false, refusal: faults };
  // Numbers come right-aligned; blanks are no part of them, leading zeros are.
  const addresseeNumber = (values[header.addressee] ?? '').trim();
  return { ok: true, value: { addresseeNumber, doses } };
}
