/** Characters that look alike but that CP932 has under another code point. */
const FOLDED: Record<string, string> = { '〜': '～', '−': '－', '‖': '∥', '¥': '￥', '—': '―' };

/** The bytes of every character CP932 can carry; IBM's codes win where two exist, as on Windows. */
export function cp932Table(): ReadonlyMap<string, readonly number[]> {
  const decoder = new TextDecoder('shift_jis', { fatal: true });
  const table = new Map<string, readonly number[]>();
  const learn = (bytes: number[], overwrite: boolean): void => {
    try {
      const character = decoder.decode(new Uint8Array(bytes));
      if (overwrite || !table.has(character)) table.set(character, bytes);
    } catch {
      // Not a code of CP932.
    }
  };
  for (let byte = 0; byte < 0x80; byte += 1) learn([byte], false);
  for (let byte = 0xa1; byte < 0xe0; byte += 1) learn([byte], false);
  for (let lead = 0x81; lead <= 0xfc; lead += 1) {
    if (lead >= 0xa0 && lead < 0xe0) continue;
    const isNecExtension = lead === 0xed || lead === 0xee;
    if (isNecExtension) continue;
    for (let trail = 0x40; trail <= 0xfc; trail += 1) learn([lead, trail], false);
  }
  return table;
}

export type Encoded = {
  bytes: Uint8Array;
  /** Characters CP932 has not, each once. */ missing: string[];
};

/** Encodes to CP932. What cannot be said in it is reported, and left out; never replaced by "?". */
export function encodeCp932(text: string, table: ReadonlyMap<string, readonly number[]>): Encoded {
  const bytes: number[] = [];
  const missing = new Set<string>();
  for (const character of text) {
    const code = table.get(character) ?? table.get(FOLDED[character] ?? '');
    if (code) bytes.push(...code);
    else missing.add(character);
  }
  return { bytes: Uint8Array.from(bytes), missing: [...missing] };
}
