/** Columns of the snapshot file, in the order it is documented. */
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

/** A file without one of these is refused as a whole. */
export const REQUIRED: readonly Column[] = ['宛名番号', '氏名', '性別', '生年月日', '住所'];

/** The column that makes a file one of changes, and its words; digits as hosts write them. */
export const CHANGE_COLUMN = '更新区分';
export const CHANGES: Record<string, 'put' | 'remove' | undefined> = {
  追加: 'put',
  更新: 'put',
  削除: 'remove',
  '1': 'put',
  '2': 'put',
  '3': 'remove',
};
export const REQUIRED_OF_CHANGES = [CHANGE_COLUMN, ...REQUIRED] as const;

export type CsvRow = Partial<Record<Column, string>>;
