import { z } from 'zod';
import { WITHOUT_NAME_SHOWN } from './domain/day-sheet.ts';

export const reservationsConfig = {
  /** Where fonts lie, colon-separated; searched with their subfolders. */
  FONT_DIRECTORIES: z.string().default('/usr/share/fonts'),
  /** What a day sheet says of protected people, and of those who are no residents on the day, alike. */
  DAY_SHEET_WITHOUT_NAME: z.enum(WITHOUT_NAME_SHOWN).default('time-and-number'),
};
