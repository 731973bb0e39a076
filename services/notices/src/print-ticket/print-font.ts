// oxlint-disable-next-line typescript/triple-slash-reference -- fontkit ships no types, and whoever checks this file needs them
/// <reference path="./fontkit.d.ts" />
import { missingGlyphs } from '@madoguchi/kernel';
import { create } from 'fontkit';

/** A font that knows what it can print. */
export type PrintFont = {
  readonly id: string;
  readonly bytes: Buffer;
  /** Code points, `U+XXXX` (with a variation selector `U+XXXX U+E01XX`), that it has no glyph for. */
  missing(text: string): string[];
  /** Width in points at a size in points. */
  widthOf(text: string, size: number): number;
};

export function openPrintFont(id: string, bytes: Buffer): PrintFont {
  const font = create(bytes);
  return {
    id,
    bytes,
    missing: (text) => missingGlyphs(font, text),
    widthOf: (text, size) => (font.layout(text).advanceWidth / font.unitsPerEm) * size,
  };
}
