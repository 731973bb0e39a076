import { messages } from './message.ts';

export const listMessages = messages({
  view: { ja: '優先接種の名簿', en: 'Priority lists' },
  lead: {
    ja: '名簿で定める優先群と、載っている人数です。だれが載っているかはここには出ません。一人ずつは、申請の案件で本人を確認してから「住民」で見て直します。',
    en: 'Groups that are told by a list, and how many are on it; nobody is named here. One person is looked at and corrected under Register, in an application.',
  },
  none: {
    ja: '名簿で定める優先群はまだありません。「ワクチン・事業・優先群」で入れてください。',
    en: 'No group is told by a list yet. Enter one under Vaccines, programmes, groups.',
  },
  group: { ja: '優先群', en: 'Group' },
  bookableFrom: { ja: '予約受付', en: 'Bookings from' },
  opensOn: { ja: '接種開始', en: 'First day' },
  members: { ja: '今日の人数', en: 'Today' },
  ending: { ja: 'うち終わる日あり', en: 'Of these ending' },
  ahead: { ja: '先の日から', en: 'From later on' },
  changed: { ja: '最後の変更', en: 'Last change' },
  anyDay: { ja: '定めなし', en: 'any' },
  take: { ja: '名簿を取り込む', en: 'Import a list' },
  fileLead: {
    ja: 'CSV(CP932かUTF-8)。列は 宛名番号・生年月日・区分コード、あれば 開始日・最終日・出所。全部を取り込むか、何も取り込まずに誤りを行番号で示します。',
    en: 'CSV (CP932 or UTF-8) with 宛名番号, 生年月日, 区分コード; 開始日, 最終日, 出所 where there are any. All of it is taken, or nothing and every fault is shown by line.',
  },
  source: { ja: '名簿の出所', en: 'Where the list comes from' },
  whole: { ja: 'この区分の全員の名簿か', en: 'Is it the whole list?' },
  part: { ja: 'いいえ(載っていない人はそのまま)', en: 'No: others stay as they are' },
  wholeYes: { ja: 'はい(載っていない人は今日から外す)', en: 'Yes: others come off today' },
  rows: {
    ja: '{rows}行・新しく{entered}・変更{changed}・変わらず{unchanged}・外れる{ended}',
    en: '{rows} rows: {entered} new, {changed} changed, {unchanged} as they were, {ended} off',
  },
  taken: {
    ja: '名簿を取り込みました(新しく{entered}・変更{changed}・外れた{ended})。先の予約は確かめ直されます。',
    en: 'Imported: {entered} new, {changed} changed, {ended} off. Bookings ahead are checked anew.',
  },
  personTitle: { ja: '優先接種の名簿', en: 'Priority lists' },
  personLead: {
    ja: 'この方が載っている名簿です。理由を電話で伝える必要はありません。見たことと変えたことは記録に残ります。',
    en: 'The lists that have this person. The reason need not be told. Looks and changes are recorded.',
  },
  show: { ja: '名簿を見る', en: 'Show the lists' },
  notListed: { ja: 'どの名簿にも載っていません', en: 'On no list' },
  until: { ja: '{from}から {lastDay}まで', en: '{from} to {lastDay}' },
  since: { ja: '{from}から', en: 'from {from} on' },
  enter: { ja: '名簿に載せる', en: 'Put on a list' },
  end: { ja: '終える', en: 'End' },
  endOf: { ja: '{group}の名簿を終える', en: 'End {group}' },
  from: { ja: '開始日', en: 'First day' },
  lastDay: { ja: '最終日(空欄は期限なし)', en: 'Last day (empty: no end)' },
  endDay: { ja: '最終日(開始日より前なら取り消し)', en: 'Last day (before the first: taken back)' },
  needGroup: {
    ja: '優先群・開始日・出所を入れてください',
    en: 'Fill in group, first day and source',
  },
  entered: { ja: '名簿に載せました。', en: 'Entered.' },
  ended: {
    ja: '名簿を終えました。先の予約は確かめ直されます。',
    en: 'Ended. Bookings ahead are checked anew.',
  },
});
