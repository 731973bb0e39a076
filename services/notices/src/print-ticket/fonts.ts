import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { PrintFont } from './print-font.ts';
import { openPrintFont } from './print-font.ts';

/** The typefaces on a ticket: labels, names (widest repertoire first), and machine-read digits. */
export type TicketFonts = {
  labels: readonly PrintFont[];
  names: readonly PrintFont[];
  ocr: PrintFont;
};

/** A font that is not on this machine; the message names the Debian package that brings it. */
export class FontMissing extends Error {
  override readonly name = 'FontMissing';
}

const FILES = {
  gothic: { file: 'ipaexg.ttf', package: 'fonts-ipaexfont-gothic' },
  mjMincho: { file: 'ipamjm.ttf', package: 'fonts-ipamj-mincho' },
  mincho: { file: 'ipaexm.ttf', package: 'fonts-ipaexfont-mincho' },
  ocrB: { file: 'OCRB.otf', package: 'fonts-ocr-b' },
} as const;
type Face = keyof typeof FILES;

/** Deep enough for Debian's tree of fonts, and never endless. */
const DEEPEST = 6;

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
 * Finds and opens the fonts below the configured directories. Labels and digits must be there; of the
 * two Mincho faces one is enough, the larger one first.
 * @param directories colon-separated
 * @throws FontMissing naming every package that has to be installed
 */
export async function loadTicketFonts(directories: string): Promise<TicketFonts> {
  const paths = (
    await Promise.all(directories.split(':').map((directory) => filesBelow(directory)))
  ).flat();
  const open = async (face: Face): Promise<PrintFont | undefined> => {
    const path = paths.find((one) => basename(one) === FILES[face].file);
    return path === undefined ? undefined : openPrintFont(face, await readFile(path));
  };
  const gothic = await open('gothic');
  const ocr = await open('ocrB');
  const names = [await open('mjMincho'), await open('mincho')].filter((font) => font !== undefined);
  const missing = [
    ...(gothic ? [] : [FILES.gothic.package]),
    ...(ocr ? [] : [FILES.ocrB.package]),
    ...(names.length > 0 ? [] : [FILES.mjMincho.package]),
  ];
  if (!gothic || !ocr || names.length === 0)
    throw new FontMissing(
      `fonts for printing are missing in ${directories}: install ${missing.join(', ')}, or name their folder in FONT_DIRECTORIES`,
    );
  return { labels: [gothic], names: [...names, gothic], ocr };
}
