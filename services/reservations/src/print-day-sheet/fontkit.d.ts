/** fontkit ships no types; this is the part of it that we use. */
declare module 'fontkit' {
  export type VariationRecord = {
    varSelector: number;
    defaultUVS?: { startUnicodeValue: number; additionalCount: number }[];
  };
  export type Font = {
    unitsPerEm: number;
    hasGlyphForCodePoint(codePoint: number): boolean;
    layout(text: string): { advanceWidth: number };
    _cmapProcessor: {
      getVariationSelector(codePoint: number, selector: number): number;
      uvs?: { varSelectors: { toArray(): VariationRecord[] } };
    };
  };
  export function create(bytes: Buffer): Font;
}
