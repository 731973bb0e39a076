import type { PageItem } from './page-item.ts';
import { box, label, written } from './page-item.ts';
import type { TicketPaper } from './ticket-paper.ts';

const QUESTIONS = [
  'このワクチンの接種を初めて受けますか。受けたことがある場合　前回の接種日（　　年　　月　　日）',
  '現時点で住民票のある市町村と、接種券に記載されている市町村は同じですか。',
  '説明書を読んで、効果や副反応について理解しましたか。',
  '現在、何らかの病気にかかり、治療（投薬など）を受けていますか。',
  '最近１か月以内に熱が出たり、病気にかかったりしましたか。',
  '今日、体に具合が悪いところがありますか。',
  'けいれん（ひきつけ）を起こしたことがありますか。',
  '薬や食品などで、重いアレルギー症状を起こしたことがありますか。',
  'これまでに予防接種を受けて具合が悪くなったことはありますか。',
  '現在妊娠している、または妊娠している可能性や授乳中ですか。',
  '２週間以内に予防接種を受けましたか。',
  '今日の予防接種について質問がありますか。',
] as const;

const LEFT = 12;
const RIGHT = 198;
const ROW = 6.6;
/** Two lines of address and four of the rest are as high as the ticket piece. */
const ADDRESS_ROW = 10;
const PERSON_ROW = 6;

/** Who is to be vaccinated, printed; beside the ticket piece. */
export function personBlock(paper: TicketPaper, y: number): PageItem[] {
  const { recipient } = paper;
  const rows: [string, string][] = [
    ['住所', [recipient.address, recipient.buildingLine].filter(Boolean).join('　')],
    ['氏名', recipient.name],
    ['生年月日', `${recipient.dateOfBirth}　　性別　${recipient.sex}`],
    ['電話番号', ''],
    ['診察前の体温', '　　　　　度　　　　分'],
  ];
  return rows.flatMap(([name, text], place): PageItem[] => {
    const top = y + (place === 0 ? 0 : ADDRESS_ROW + (place - 1) * PERSON_ROW);
    const height = place === 0 ? ADDRESS_ROW : PERSON_ROW;
    return [
      box(LEFT, top, [22, height]),
      box(LEFT + 22, top, [99, height]),
      label(name, { x: LEFT + 1.5, y: top + 1.9, size: 7.5 }),
      written(text, {
        x: LEFT + 24,
        y: top + 1.1,
        size: 9.5,
        width: 95,
        lines: place === 0 ? 2 : 1,
      }),
    ];
  });
}

/** Questions with yes and no; ends at the returned height. */
export function questionTable(y: number): { items: PageItem[]; end: number } {
  const items = QUESTIONS.flatMap((question, place): PageItem[] => {
    const top = y + place * ROW;
    return [
      box(LEFT, top, [150, ROW]),
      box(LEFT + 150, top, [RIGHT - LEFT - 150, ROW]),
      label(`${place + 1}　${question}`, { x: LEFT + 1.5, y: top + 1.9, size: 7.5, width: 147 }),
      label('□ はい　　□ いいえ', { x: LEFT + 153, y: top + 1.9, size: 7.5 }),
    ];
  });
  return { items, end: y + QUESTIONS.length * ROW };
}

/** The doctor's and the signatory's part, filled in by hand at the venue. */
export function venueBlock(y: number): PageItem[] {
  const half = (RIGHT - LEFT) / 2;
  return [
    box(LEFT, y, [half, 22]),
    label('医師記入欄　以上の問診及び診察の結果、今日の接種は（ □ 可能 ・ □ 見合わせる ）', {
      x: LEFT + 1.5,
      y: y + 1.5,
      size: 7,
      width: half - 3,
    }),
    label('本人に対して、接種の効果、副反応について説明した。', {
      x: LEFT + 1.5,
      y: y + 6,
      size: 7,
    }),
    label('医師署名又は記名押印', { x: LEFT + 1.5, y: y + 14, size: 7 }),
    box(LEFT + half, y, [half, 22]),
    label('接種を希望しますか。（ □ 希望します ・ □ 希望しません ）', {
      x: LEFT + half + 1.5,
      y: y + 1.5,
      size: 7,
    }),
    label('年　　月　　日　　被接種者又は保護者自署', {
      x: LEFT + half + 1.5,
      y: y + 14,
      size: 7,
    }),
    box(LEFT, y + 22, [half, 20]),
    label('ワクチン名・ロット番号（シール貼付位置）', { x: LEFT + 1.5, y: y + 23.5, size: 7 }),
    box(LEFT + half, y + 22, [half, 20]),
    label('実施場所・医師名・接種年月日　　　　　□ 時間外　□ 休日', {
      x: LEFT + half + 1.5,
      y: y + 23.5,
      size: 7,
    }),
    label('医療機関等コード', { x: LEFT + half + 1.5, y: y + 34, size: 7 }),
  ];
}
