import { messages } from './message.ts';

/** Asking for what leaves the house by a command. */
export const exportMessages = messages({
  title: { ja: '一括書き出しの承認を申請', en: 'Ask for a bulk file' },
  lead: {
    ja: '宛名の書き出しと接種券の一括印刷は、管理者がコマンドで行います。ここで内容を決め、もう一人の承認を得てください。',
    en: 'The administrator writes mailing lists and prints tickets in bulk by a command. Say here what exactly, and have a second person agree.',
  },
  bornFrom: { ja: '生年月日(この日から)', en: 'Born from' },
  bornTo: { ja: '生年月日(この日まで)', en: 'Born to' },
  limit: { ja: '最大件数(1〜10000)', en: 'At most (1 to 10000)' },
  incomplete: {
    ja: '内容を入力すると、承認を申請できます。',
    en: 'Once this is filled in, you can ask for approval.',
  },
  command: { ja: '管理者が実行するコマンド', en: 'The command to run' },
  usable: {
    ja: '承認済みです。{until}までに一度だけ使えます。',
    en: 'Approved. Good once, until {until}.',
  },
});
