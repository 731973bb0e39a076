import bwipjs from 'bwip-js/node';

/** A square symbol as rows of modules, true where dark. */
export type Matrix = readonly (readonly boolean[])[];
/** Widths in modules, bar and space in turn, beginning with a bar. */
export type Bars = readonly number[];

/** QR code model 2 of the 18-digit line (接種券の二次元コード), error correction M, no quiet zone. */
export function qrMatrix(ocrLine: string): Matrix {
  const [symbol] = bwipjs.raw('qrcode', ocrLine, 'eclevel=M');
  if (!symbol || !('pixs' in symbol)) throw new Error('no QR code was drawn');
  const { pixs, pixx, pixy } = symbol;
  return Array.from({ length: pixy }, (_, y) =>
    Array.from({ length: pixx }, (__, x) => pixs[y * pixx + x] === 1),
  );
}

/** NW-7 (Codabar) of the ticket number, start and stop A, for the municipality's own readers. */
export function nw7Bars(ticketNumber: string): Bars {
  const [symbol] = bwipjs.raw('rationalizedCodabar', `A${ticketNumber}A`, '');
  if (!symbol || !('sbs' in symbol)) throw new Error('no barcode was drawn');
  return symbol.sbs;
}
