import type { TicketFonts } from './fonts.ts';
import type { Bars, Matrix } from './symbols.ts';

/** Which typeface a text is set in. */
export type Face = keyof TicketFonts;

/** Lengths in millimetres from the upper left corner of the page, type sizes in points. */
export type TextItem = {
  kind: 'text';
  text: string;
  face: Face;
  x: number;
  y: number;
  size: number;
  /** Set smaller until it fits, on as many lines as allowed. */
  width?: number;
  lines?: number;
};

/** One mark on the page. Pages are lists of marks, so that every glyph is checked before any is drawn. */
export type PageItem =
  | TextItem
  | { kind: 'line'; x1: number; y1: number; x2: number; y2: number; dashed?: boolean }
  | { kind: 'box'; x: number; y: number; width: number; height: number }
  | { kind: 'matrix'; matrix: Matrix; x: number; y: number; side: number }
  | { kind: 'bars'; bars: Bars; x: number; y: number; width: number; height: number };

type Place = { x: number; y: number; size: number; width?: number; lines?: number };

export const label = (text: string, place: Place): PageItem => ({
  kind: 'text',
  face: 'labels',
  text,
  ...place,
});
/** Text from the register: the face with the widest repertoire. */
export const written = (text: string, place: Place): PageItem => ({
  kind: 'text',
  face: 'names',
  text,
  ...place,
});
/** @param size width and height */
export const box = (x: number, y: number, size: readonly [number, number]): PageItem => ({
  kind: 'box',
  x,
  y,
  width: size[0],
  height: size[1],
});
