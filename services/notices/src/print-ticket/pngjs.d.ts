/** pngjs ships no types; the tests read page images with it. */
declare module 'pngjs' {
  export const PNG: {
    sync: { read(bytes: Buffer): { data: Buffer; width: number; height: number } };
  };
}
