/** The 48 towns of Edogawa (Japan Post, 国土交通省), longest first so that 一之江町 is not read as 一之江. */
export const EDOGAWA_TOWNS: readonly string[] = [
  '一之江',
  '一之江町',
  '宇喜田町',
  '江戸川',
  '大杉',
  '興宮町',
  '上一色',
  '上篠崎',
  '北葛西',
  '北小岩',
  '北篠崎',
  '小松川',
  '鹿骨',
  '鹿骨町',
  '篠崎町',
  '下篠崎町',
  '清新町',
  '中央',
  '中葛西',
  '新堀',
  '西一之江',
  '西葛西',
  '西小岩',
  '西小松川町',
  '西篠崎',
  '西瑞江',
  '二之江町',
  '春江町',
  '東葛西',
  '東小岩',
  '東小松川',
  '東篠崎',
  '東篠崎町',
  '東松本',
  '東瑞江',
  '平井',
  '船堀',
  '堀江町',
  '本一色',
  '松江',
  '松島',
  '松本',
  '瑞江',
  '南葛西',
  '南小岩',
  '南篠崎町',
  '谷河内',
  '臨海町',
].toSorted((a, b) => b.length - a.length);

/** Towns whose addresses are 番地 alone, without 丁目. */
export const TOWNS_WITHOUT_CHOME: ReadonlySet<string> = new Set([
  '一之江町',
  '宇喜田町',
  '興宮町',
  '鹿骨町',
  '下篠崎町',
  '西小松川町',
  '二之江町',
  '東篠崎町',
  '堀江町',
]);

/** The town an address of this city begins with, 東京都江戸川区 given or not; undefined for others. */
export function townOf(address: string): string | undefined {
  const local = address
    .replace(/^東京都/u, '')
    .replace(/^江戸川区/u, '')
    .trimStart();
  return EDOGAWA_TOWNS.find((town) => local.startsWith(town));
}
