/** What a font says of its characters, in the shape in which fontkit gives it. */
export type GlyphTable = {
  hasGlyphForCodePoint(codePoint: number): boolean;
  _cmapProcessor: {
    getVariationSelector(codePoint: number, selector: number): number;
    uvs?: {
      varSelectors: {
        toArray(): {
          varSelector: number;
          defaultUVS?: { startUnicodeValue: number; additionalCount: number }[];
        }[];
      };
    };
  };
};

const isSelector = (codePoint: number): boolean =>
  (codePoint >= 0xfe00 && codePoint <= 0xfe0f) || (codePoint >= 0xe0100 && codePoint <= 0xe01ef);

/** A municipality's own 外字: any glyph that a font happens to have there is somebody else's. */
const isPrivate = (codePoint: number): boolean =>
  (codePoint >= 0xe000 && codePoint <= 0xf8ff) || codePoint >= 0xf0000;

const nameOf = (codePoint: number): string =>
  `U+${codePoint.toString(16).toUpperCase().padStart(4, '0')}`;

/**
 * Has the font the registered form, or does it say that the plain glyph is that form? The plain one
 * instead would be another person's way to write the name.
 */
function knowsVariation(font: GlyphTable, base: number, selector: number): boolean {
  if (font._cmapProcessor.getVariationSelector(base, selector) !== 0) return true;
  const records = font._cmapProcessor.uvs?.varSelectors.toArray() ?? [];
  const record = records.find((one) => one.varSelector === selector);
  return (record?.defaultUVS ?? []).some(
    ({ startUnicodeValue, additionalCount }) =>
      base >= startUnicodeValue && base <= startUnicodeValue + additionalCount,
  );
}

/** What a font cannot print of a text, each once: `U+XXXX`, with a variation selector `U+XXXX U+E01XX`. */
export function missingGlyphs(font: GlyphTable, text: string): string[] {
  const codePoints = Array.from(text, (character) => character.codePointAt(0) ?? 0);
  const missing = codePoints.flatMap((codePoint, place) => {
    if (!isSelector(codePoint))
      return isPrivate(codePoint) || !font.hasGlyphForCodePoint(codePoint)
        ? [nameOf(codePoint)]
        : [];
    const base = codePoints[place - 1];
    if (base === undefined) return [nameOf(codePoint)];
    return knowsVariation(font, base, codePoint) ? [] : [`${nameOf(base)} ${nameOf(codePoint)}`];
  });
  return [...new Set(missing)];
}

/** The first font that can print all of the text; or what the best of them cannot. */
export function chooseFont<Font extends { missing(text: string): string[] }>(
  fonts: readonly Font[],
  text: string,
): { font: Font } | { missing: string[] } {
  let fewest: string[] | undefined;
  for (const font of fonts) {
    const missing = font.missing(text);
    if (missing.length === 0) return { font };
    if (!fewest || missing.length < fewest.length) fewest = missing;
  }
  return { missing: fewest ?? [] };
}
