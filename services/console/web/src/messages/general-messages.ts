import { messages } from './message.ts';

export const general = messages({
  other: { ja: 'その他', en: 'Other' },
  product: { ja: '窓口', en: 'Madoguchi' },
  city: { ja: '江戸川区', en: 'Edogawa City' },
  centre: { ja: '予防接種コールセンター', en: 'vaccination call centre' },
  screens: { ja: '画面', en: 'Screens' },
  callDesk: { ja: '受電席', en: 'Call desk' },
  supervisorDesk: { ja: '担当席', en: 'Supervisor desk' },
  auditLog: { ja: '監査記録', en: 'Audit log' },
  custodyLedger: { ja: '受払簿', en: 'Custody ledger' },
  signOut: { ja: 'サインアウト', en: 'Sign out' },
  otherLanguage: { ja: 'English', en: '日本語' },
  extension: { ja: '内線 {extension}', en: 'Ext. {extension}' },
  connected: { ja: '接続中', en: 'Connected' },
  reconnecting: { ja: '再接続しています', en: 'Reconnecting' },
  reconnectingNote: {
    ja: '内部の通信が切れています。入力中の内容は画面に残っています。',
    en: 'The connection is down. What you have typed stays on the screen.',
  },
  shortcuts: { ja: 'キー操作', en: 'Keys' },
  shortcutsTitle: { ja: 'キーボード操作の一覧', en: 'Keyboard shortcuts' },
  noScreen: {
    ja: 'この役割で使う画面はありません。',
    en: 'There is no screen for this role.',
  },
  incomplete: {
    ja: '入力が足りないか、読み取れない欄があります。',
    en: 'Something is missing or cannot be read.',
  },
  close: { ja: '閉じる', en: 'Close' },
  back: { ja: '戻る', en: 'Back' },
  cancel: { ja: 'やめる', en: 'Cancel' },
  loading: { ja: '読み込んでいます', en: 'Loading' },
  notForPurpose: { ja: 'この目的では表示しません', en: 'Not shown for this purpose' },
  unavailable: {
    ja: 'いま取得できません。復旧しだい表示します。',
    en: 'Not available now. It will appear once its system is back.',
  },
  none: { ja: 'ありません', en: 'None' },
  notShown: { ja: '表示対象外', en: 'Not shown' },
  correlation: { ja: '受付番号 {id}', en: 'Reference {id}' },
  more: { ja: '続きを表示', en: 'Show more' },
  required: { ja: '必須', en: 'Required' },
  keyMove: { ja: '項目を移動', en: 'Move between items' },
  keyChoose: { ja: '選択肢・行を選ぶ', en: 'Choose an option or row' },
  keyConfirm: { ja: '決定', en: 'Confirm' },
  keyBack: { ja: '一つ戻る・閉じる', en: 'Back, close' },
  noNetwork: {
    ja: '窓口システムに接続できません。ネットワークを確認してください。',
    en: 'The system cannot be reached. Check the network.',
  },
});

export const signInMessages = messages({
  title: { ja: 'サインイン', en: 'Sign in' },
  lead: {
    ja: '記録はすべて保存され、担当者と区が確認します。',
    en: 'Every look and change is recorded and reviewed.',
  },
  login: { ja: 'ログイン名', en: 'Login' },
  password: { ja: 'パスワード', en: 'Password' },
  code: { ja: '確認コード', en: 'Code' },
  codeNote: { ja: '認証アプリの6桁の数字', en: 'Six digits from your authenticator' },
  extension: { ja: '内線番号', en: 'Extension' },
  extensionNote: {
    ja: '空欄なら名簿の内線番号を使います',
    en: 'Left empty, the number on the roster is used',
  },
  terminalCode: { ja: '端末登録コード', en: 'Enrolment code' },
  terminalNote: {
    ja: 'この端末は未登録です。管理者から受け取ったコードを入力',
    en: 'This terminal is not enrolled. Enter the code you were given',
  },
  submit: { ja: 'サインイン', en: 'Sign in' },
  enrol: { ja: '端末を登録してサインイン', en: 'Enrol and sign in' },
  again: {
    ja: '時間が過ぎたためサインインし直してください。入力中の内容は残っています。',
    en: 'Your session has ended. Sign in again; what you typed is still here.',
  },
  needLogin: { ja: 'ログイン名を入力してください', en: 'Enter your login' },
  needPassword: { ja: 'パスワードを入力してください', en: 'Enter your password' },
  needCode: { ja: '6桁の数字を入力してください', en: 'Enter six digits' },
});

export const stepUpMessages = messages({
  title: { ja: '確認コードの再入力', en: 'Enter a fresh code' },
  lead: {
    ja: 'この操作には、いま表示されている確認コードが必要です。',
    en: 'This needs the code that your authenticator shows now.',
  },
  submit: { ja: '確認する', en: 'Confirm' },
});
