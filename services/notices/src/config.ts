import { z } from 'zod';

export const noticesConfig = {
  /** Where fonts lie, colon-separated; searched with their subfolders. */
  FONT_DIRECTORIES: z.string().default('/usr/share/fonts'),
  /** 券種 as the city's claims federation reads it; the national value is not confirmed (2: vaccination). */
  TICKET_TYPE: z.string().regex(/^\d$/).default('2'),
  /** Reissues of one resident's tickets on one day before a second person has to agree. */
  REISSUES_PER_DAY: z.coerce.number().int().min(1).max(10).default(1),
  /** The issuer as printed. */
  MUNICIPALITY_NAME: z.string().default('東京都江戸川区'),
  /** Sender's lines on the paper, separated by `|`; the office that answers for it. */
  SENDER_LINES: z
    .string()
    .default('江戸川区 健康部 予防接種担当|〒132-8501 東京都江戸川区中央1-4-1'),
};
