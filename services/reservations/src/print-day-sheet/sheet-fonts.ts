// oxlint-disable-next-line typescript/triple-slash-reference -- fontkit ships no types, and whoever checks this file needs them
/// <reference path="./fontkit.d.ts" />
import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { missingGlyphs } from '@madoguchi/kernel';
import { create } from 'fontkit';

/** A font that knows what it can print. */
export type SheetFont = {
  readonly id: string;
  readonly bytes: Buffer;
  /** Code points, `U+XXXX` (with a variation selector `U+XXXX U+E01XX`), that it has no glyph for. */
  missing(text: string): string[];
  /** Width in points at a size in points. */
  widthOf(text: string, size: number): number;
};

/** A font that is not on this machine; the message names the Debian package that brings it. */
export class FontMissing extends Error {
  override readonly name = 'FontMissing';
}

/** The widest repertoire first; one of them is enough. */
const FILES = [
  ['ipamjm.ttf', 'fonts-ipamj-mincho'],
  ['ipaexm.ttf', 'fonts-ipaexfont-mincho'],
  ['ipaexg.ttf', 'fonts-ipaexfont-gothic'],
] as const;
const DEEPEST = 6;

function openFont(id: string, bytes: Buffer): SheetFont {
  const font = create(bytes);
  return {
    id,
    bytes,
    missing: (text) => missingGlyphs(font, text),
    widthOf: (text, size) => (font.layout(text).advanceWidth / font.unitsPerEm) * size,
  };
}

async function filesBelow(directory: string, depth = 0): Promise<string[]> {
  if (depth > DEEPEST) return [];
  const entries = await readdir(directory, { withFileTypes: true }).catch(() => []);
  const found = await Promise.all(
    entries.map(async (entry) => {
      const path = join(directory, entry.name);
      return entry.isDirectory() ? filesBelow(path, depth + 1) : [path];
    }),
  );
  return found.flat();
}

/**
 * Finds and opens the fonts of a sheet.
 * @param directories colon-separated
 * @throws FontMissing when none is there
 */
export async function loadSheetFonts(directories: string): Promise<SheetFont[]> {
  const below = await Promise.all(directories.split(':').map((one) => filesBelow(one)));
  const paths = below.flat();
  const fonts: SheetFont[] = [];
  for (const [file] of FILES) {
    const path = paths.find((one) => basename(one) === file);
    if (path !== undefined) fonts.push(openFont(file, await readFile(path)));
  }
  if (fonts.length === 0)
    throw new FontMissing(
      `fonts for day sheets are missing in ${directories}: install ${FILES[0][1]}, or name their folder in FONT_DIRECTORIES`,
    );
  return fonts;
}
