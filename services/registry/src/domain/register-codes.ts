import type { ResidencyKind } from './residency.ts';
import { RESIDENCY_KINDS } from './residency.ts';

/** The items of the register whose values a municipality codes in its own way. */
export const CODE_TABLES = ['異動事由', '消除区分', '性別', '規制情報'] as const;
export type CodeTable = (typeof CODE_TABLES)[number];

export const SEXES = ['unknown', 'male', 'female', 'not-applicable'] as const;
export type Sex = (typeof SEXES)[number];

/** `protects`: closes the record to ordinary operators. `notes`: shown at the desk, closes nothing. */
export const RESTRICTION_MEANINGS = ['protects', 'notes'] as const;

/** What a code can mean, by table. */
export const MEANINGS: Record<CodeTable, readonly string[]> = {
  異動事由: Object.keys(RESIDENCY_KINDS),
  消除区分: Object.keys(RESIDENCY_KINDS),
  性別: SEXES,
  規制情報: RESTRICTION_MEANINGS,
};

export type RegisterCode = { codeTable: CodeTable; code: string; label: string; meaning: string };

const words = (codeTable: CodeTable, meanings: Record<string, string>): RegisterCode[] =>
  Object.entries(meanings).map(([code, meaning]) => ({ codeTable, code, label: code, meaning }));

const LEAVING_WORDS = {
  転出: 'moved-out',
  転出確定: 'moved-out',
  国外転出: 'moved-abroad',
  死亡: 'died',
  失踪: 'declared-missing',
  失踪宣告: 'declared-missing',
  職権消除: 'removed-ex-officio',
  国籍喪失: 'nationality-lost',
  その他: 'left-otherwise',
};

/** Words that need no code table, and the digits of ISO 5218. */
export const BUILT_IN_CODES: readonly RegisterCode[] = [
  ...words('異動事由', {
    転入: 'moved-in',
    国外転入: 'moved-in',
    出生: 'born',
    職権記載: 'entered-ex-officio',
    帰化: 'naturalised',
    国籍取得: 'naturalised',
    転居: 'moved-within',
    世帯変更: 'household-changed',
    氏名変更: 'name-changed',
    職権修正: 'corrected',
    改製: 'corrected',
    転出予定: 'move-out-planned',
    転出取消: 'move-out-cancelled',
    ...LEAVING_WORDS,
  }),
  ...words('消除区分', LEAVING_WORDS),
  ...words('性別', {
    '0': 'unknown',
    '1': 'male',
    '2': 'female',
    '9': 'not-applicable',
    男: 'male',
    女: 'female',
    男性: 'male',
    女性: 'female',
    不明: 'unknown',
  }),
];

/** Finds what a value means; undefined where neither the municipality nor the words built in say. */
export type CodeBook = {
  meaningOf(table: CodeTable, value: string): string | undefined;
  residencyKind(table: '異動事由' | '消除区分', value: string): ResidencyKind | undefined;
  /** The same codes give the same text; part of what tells a row from its former self. */
  readonly signature: string;
};

/** The municipality's codes over the words built in. */
export function codeBook(own: readonly RegisterCode[]): CodeBook {
  const all = [...BUILT_IN_CODES, ...own];
  const meanings = new Map(all.map((one) => [`${one.codeTable}\n${one.code}`, one.meaning]));
  const meaningOf = (table: CodeTable, value: string): string | undefined =>
    meanings.get(`${table}\n${value.normalize('NFKC')}`) ?? meanings.get(`${table}\n${value}`);
  return {
    meaningOf,
    residencyKind(table, value) {
      const told = meaningOf(table, value) as ResidencyKind | undefined;
      if (table === '異動事由' || told !== undefined) return told;
      // A caller who moved away is told whom to ask, so whatever word for it must be known as one.
      return value.includes('転出') ? 'moved-out' : 'left-otherwise';
    },
    signature: own
      .map(({ codeTable, code, meaning }) => `${codeTable}=${code}=${meaning}`)
      .toSorted()
      .join(';'),
  };
}
