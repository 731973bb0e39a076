import { readFile } from 'node:fs/promises';
import { buffer } from 'node:stream/consumers';

/** All of a file, or of standard input for `-`. */
export const readInput = (file: string): Promise<Buffer> =>
  file === '-' ? buffer(process.stdin) : readFile(file);
