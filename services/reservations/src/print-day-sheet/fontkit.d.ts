/** fontkit ships no types; this is the part of it that we use. */
declare module 'fontkit' {
  import type { GlyphTable } from '@madoguchi/kernel';
  export type Font = GlyphTable & {
    unitsPerEm: number;
    layout(text: string): { advanceWidth: number };
  };
  export function create(bytes: Buffer): Font;
}
