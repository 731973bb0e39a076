import { messages } from './message.ts';

/** The whole waiting list in numbers. */
export const waitingOverviewMessages = messages({
  title: { ja: '待ち状況', en: 'Waiting' },
  list: { ja: 'キャンセル待ちの人数', en: 'Who waits, in numbers' },
  dose: { ja: '回', en: 'Dose' },
  waiting: { ja: '待ち', en: 'In line' },
  offered: { ja: '案内中', en: 'Offered' },
  callsDue: { ja: '要電話', en: 'To call' },
  head: { ja: '先頭の待ち', en: 'Head waits' },
  earliest: { ja: '最初の登録', en: 'First joined' },
  days: { ja: '希望の日', en: 'Days asked for' },
  waited: { ja: '{days}日{hours}時間', en: '{days} d {hours} h' },
  allOffered: { ja: '全員に案内中', en: 'All have an offer' },
  inTown: { ja: '{town}のどこか', en: 'Anywhere in {town}' },
  anywhere: { ja: 'どの会場でも', en: 'Any venue' },
  sums: {
    ja: '待ち {waiting}人・案内中 {offered}人(うち電話をかける {callsDue}人)・次の人へ回す途中の席 {keptSeats}',
    en: '{waiting} in line, {offered} with an offer ({callsDue} of them to be called), {keptSeats} seats on their way to the next',
  },
  kept: { ja: '次の人へ回す途中の席:', en: 'On their way to the next:' },
  keptAt: { ja: '{venue} {product} {seats}席', en: '{venue}, {product}: {seats}' },
  venueLead: {
    ja: 'この会場の席を待つ人です。会場を名指しした人のほか、その町のどこか、どの会場でもという人も同じ列に並びます。',
    en: 'Everybody in line for a seat of this venue: who named it, its town, or no place at all.',
  },
  nothing: { ja: '待っている人はいません', en: 'Nobody waits' },
  moreThanListed: {
    ja: '長く待つ順に先頭の{count}組です。会場か期間を絞ってください。',
    en: 'The {count} groups that wait longest. Narrow the venue or the days.',
  },
});
