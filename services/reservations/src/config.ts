import { z } from 'zod';
import { WITHOUT_NAME_SHOWN } from './domain/day-sheet.ts';

export const reservationsConfig = {
  /** Where fonts lie, colon-separated; searched with their subfolders. */
  FONT_DIRECTORIES: z.string().default('/usr/share/fonts'),
  /** What a day sheet says of protected people, and of those who are no residents on the day, alike. */
  DAY_SHEET_WITHOUT_NAME: z.enum(WITHOUT_NAME_SHOWN).default('time-and-number'),
  /** Within how many hours a second person confirms what one person closed in an emergency. */
  EMERGENCY_CONFIRM_HOURS: z.coerce.number().int().min(1).max(168).default(24),
};
