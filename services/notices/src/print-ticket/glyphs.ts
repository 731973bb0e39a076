// oxlint-disable-next-line typescript/triple-slash-reference -- fontkit ships no types, and whoever checks this file needs them
/// <reference path="./fontkit.d.ts" />
import { create } from 'fontkit';
import type { Font } from 'fontkit';

/** A font that knows what it can print. */
export type PrintFont = {
  readonly id: string;
  readonly bytes: Buffer;
  /** Code points, `U+XXXX` (with a variation selector `U+XXXX U+E01XX`), that it has no glyph for. */
  missing(text: string): string[];
  /** Width in points at a size in points. */
  widthOf(text: string, size: number): number;
};

const isSelector = (codePoint: number): boolean =>
  (codePoint >= 0xfe00 && codePoint <= 0xfe0f) || (codePoint >= 0xe0100 && codePoint <= 0xe01ef);

/** A municipality's own 外字: any glyph that a font happens to have there is somebody else's. */
const isPrivate = (codePoint: number): boolean =>
  (codePoint >= 0xe000 && codePoint <= 0xf8ff) || codePoint >= 0xf0000;

const nameOf = (codePoint: number): string =>
  `U+${codePoint.toString(16).toUpperCase().padStart(4, '0')}`;

/** Does the font say that the plain glyph is the right one for this sequence? */
function isDefaultVariation(font: Font, base: number, selector: number): boolean {
  const records = font._cmapProcessor.uvs?.varSelectors.toArray() ?? [];
  const record = records.find((one) => one.varSelector === selector);
  return (record?.defaultUVS ?? []).some(
    (range) =>
      base >= range.startUnicodeValue && base <= range.startUnicodeValue + range.additionalCount,
  );
}

function missingIn(font: Font, text: string): string[] {
  const missing = new Set<string>();
  const codePoints = Array.from(text, (character) => character.codePointAt(0) ?? 0);
  codePoints.forEach((codePoint, place) => {
    const base = codePoints[place - 1];
    if (!isSelector(codePoint)) {
      if (isPrivate(codePoint) || !font.hasGlyphForCodePoint(codePoint))
        missing.add(nameOf(codePoint));
      return;
    }
    // The plain form instead of the registered one would be another person's way to write the name.
    const known =
      base !== undefined &&
      (font._cmapProcessor.getVariationSelector(base, codePoint) !== 0 ||
        isDefaultVariation(font, base, codePoint));
    if (!known) missing.add(`${base === undefined ? '' : `${nameOf(base)} `}${nameOf(codePoint)}`);
  });
  return [...missing];
}

export function openPrintFont(id: string, bytes: Buffer): PrintFont {
  const font = create(bytes);
  return {
    id,
    bytes,
    missing: (text) => missingIn(font, text),
    widthOf: (text, size) => (font.layout(text).advanceWidth / font.unitsPerEm) * size,
  };
}

/** The first font that can print all of the text; or what the best of them cannot. */
export function chooseFont(
  fonts: readonly PrintFont[],
  text: string,
): { font: PrintFont } | { missing: string[] } {
  let fewest: string[] | undefined;
  for (const font of fonts) {
    const missing = font.missing(text);
    if (missing.length === 0) return { font };
    if (!fewest || missing.length < fewest.length) fewest = missing;
  }
  return { missing: fewest ?? [] };
}
