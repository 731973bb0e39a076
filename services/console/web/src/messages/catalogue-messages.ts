import type { CatalogueKind } from '../gateway/contract-types.ts';
import { venueKindNames } from './desk-names.ts';
import { messages } from './message.ts';
import type { Names } from './names.ts';

export const catalogueMessages = messages({
  view: { ja: 'ワクチン・事業・優先群', en: 'Vaccines, programmes, groups' },
  add: { ja: '新しく入れる', en: 'New' },
  addKind: { ja: '{kind}を新しく入れる', en: 'New {kind}' },
  edit: { ja: '直す', en: 'Edit' },
  editEntry: { ja: '{code} を直す', en: 'Edit {code}' },
  copy: { ja: '写す', en: 'Copy' },
  copyEntry: { ja: '{code} を写す', en: 'Copy {code}' },
  changeFrom: { ja: '期日から改める', en: 'Change from a day' },
  changeEntryFrom: { ja: '{code} を期日から改める', en: 'Change {code} from a day on' },
  changeFromLead: {
    ja: '今のルールは「この日から」の前日で終わり、その日から新しい版に替わります。今日までの日についての誤りは「直す」で訂正してください。',
    en: 'The present version ends the day before “Valid from”, and the new one begins on that day. Correct mistakes about days up to today with Edit.',
  },
  changedFrom: {
    ja: '{code} は {day} から {next} に改まります(版 {version})。',
    en: '{code} becomes {next} from {day} on; version {version}.',
  },
  carriedOver: {
    ja: '一緒に新しい版になるルール:{codes}',
    en: 'Rules that go over with it: {codes}',
  },
  continuedBy: { ja: '次の版:{code}', en: 'Next version: {code}' },
  continues: { ja: '前の版:{code}', en: 'Version before: {code}' },
  history: { ja: '経緯', en: 'History' },
  historyOf: { ja: '{code} の経緯', en: 'History of {code}' },
  noHistory: { ja: '経緯はまだありません', en: 'No history yet' },
  save: { ja: '保存する', en: 'Save' },
  saved: { ja: '{code} を保存しました(版 {version})。', en: '{code} saved; version {version}.' },
  check: { ja: 'この欄を確かめてください', en: 'Please check this field' },
  now: { ja: '今の値:{value}', en: 'Now: {value}' },
  changedMeanwhile: {
    ja: '開いている間に別の人が直しました。入力はそのままです。「今の値」と見比べ、よければもう一度保存してください。',
    en: 'Somebody changed it meanwhile. What you typed is kept: compare with “Now”, then save again.',
  },
  listNote: { ja: '空白か読点で区切る', en: 'Separated by blanks' },
  hoursNote: { ja: '例 09:00-12:00 13:00-16:30', en: 'e.g. 09:00-12:00 13:00-16:30' },
  yes: { ja: 'はい', en: 'Yes' },
  no: { ja: 'いいえ', en: 'No' },
  nothing: { ja: 'まだありません', en: 'None yet' },
  empty: { ja: '空欄', en: 'empty' },
});

export const catalogueKindNames: Names<CatalogueKind> = {
  vaccine: { ja: 'ワクチン', en: 'Vaccine' },
  product: { ja: '製品', en: 'Product' },
  programme: { ja: '事業', en: 'Programme' },
  'priority-group': { ja: '優先群', en: 'Priority group' },
  'dose-rule': { ja: '回のルール', en: 'Dose rule' },
  'other-vaccine-rule': { ja: '他のワクチンとの間隔', en: 'Days to other vaccines' },
  venue: { ja: '会場', en: 'Venue' },
};

/** Members of the rows of the catalogue, as their fields are called. */
export const memberNames = messages({
  vaccineCode: { ja: 'ワクチンのコード', en: 'Vaccine code' },
  productCode: { ja: '製品のコード', en: 'Product code' },
  programmeCode: { ja: '事業のコード', en: 'Programme code' },
  groupCode: { ja: '優先群のコード', en: 'Group code' },
  ruleCode: { ja: 'ルールのコード', en: 'Rule code' },
  venueCode: { ja: '会場コード(10桁)', en: 'Venue code (10 digits)' },
  name: { ja: '名称', en: 'Name' },
  'name.ja': { ja: '名称', en: 'Name in Japanese' },
  'name.en': { ja: '英語の名称', en: 'Name in English' },
  disease: { ja: '対象の病気', en: 'Disease' },
  countsAsDoses: { ja: '何回分か', en: 'Counts as doses' },
  series: { ja: '数える接種', en: 'Series' },
  'series.diseases': { ja: '数える病気', en: 'Diseases that count' },
  'series.productCodes': { ja: '数える製品', en: 'Products that count' },
  programmeCodes: { ja: '事業のコード', en: 'Programme codes' },
  doseFrom: { ja: '何回目から', en: 'From dose' },
  doseTo: { ja: '何回目まで', en: 'To dose' },
  productCodes: { ja: '製品のコード', en: 'Product codes' },
  validFrom: { ja: 'この日から', en: 'Valid from' },
  validTo: { ja: 'この日の前日まで', en: 'Until before' },
  ageJudgedOn: { ja: '年齢を見る日', en: 'Age judged on' },
  ageFromMonths: { ja: '下限(月齢・含む)', en: 'From age, months' },
  ageBelowMonths: { ja: '上限(月齢・未満)', en: 'Below age, months' },
  bornFrom: { ja: '生年月日 いつから', en: 'Born from' },
  bornTo: { ja: '生年月日 いつまで', en: 'Born to' },
  previousDose: { ja: '前回のワクチン', en: 'Dose before' },
  minimumDaysBetween: { ja: '中何日', en: 'Days between' },
  minimumMonths: { ja: '何か月', en: 'Months' },
  monthOverflow: { ja: '月に無い日', en: 'Day the month lacks' },
  standardOffsetDays: { ja: '標準の間隔(日)', en: 'Standard interval, days' },
  oncePerProgramme: { ja: '期間中に1回だけ', en: 'Once in the period' },
  optional: { ja: '任意', en: 'Optional' },
  source: { ja: '出典', en: 'Source' },
  confidence: { ja: '確かさ', en: 'Confidence' },
  listed: { ja: '名簿で定める', en: 'By a list' },
  opensOn: { ja: '接種を始める日', en: 'First vaccination day' },
  town: { ja: '町', en: 'Town' },
  address: { ja: '住所', en: 'Address' },
  kind: { ja: '種類', en: 'Kind' },
  openingHours: { ja: '開いている時間', en: 'Opening hours' },
  closesOnHolidays: { ja: '祝日・年末年始は休み', en: 'Closed on holidays' },
  closedDays: { ja: '独自の休業日', en: 'Own closing days' },
  activeFrom: { ja: '開始日', en: 'First day' },
  activeTo: { ja: 'この日の前日まで', en: 'Until before' },
});
export type Member = keyof typeof memberNames;

export const choiceNames = messages({
  'vaccination-day': { ja: '接種日', en: 'Vaccination day' },
  'first-dose': { ja: '1回目の日', en: 'First dose' },
  'fiscal-year-end': { ja: '年度末', en: 'End of fiscal year' },
  any: { ja: '問わない', en: 'Any' },
  'same-vaccine': { ja: '同じワクチン', en: 'Same vaccine' },
  'other-vaccine': { ja: '別のワクチン', en: 'Other vaccine' },
  'first-of-next': { ja: '翌月1日', en: 'First of the next' },
  'last-of-month': { ja: '月末', en: 'Last of the month' },
  ...venueKindNames,
});
export type ChoiceCode = keyof typeof choiceNames;
