import { z } from 'zod';

export const consoleConfig = {
  PORT: z.coerce.number().int().min(0).max(65_535).default(8080),
  HOST: z.string().default('127.0.0.1'),
  /** Address people and telephone systems use, without a slash at the end. */
  PUBLIC_URL: z.url().default('http://localhost:8080'),
  /** Secret in the path of telephone events. */
  CTI_TOKEN: z.string().min(20),
  TWILIO_AUTH_TOKEN: z.string().optional(),
  SIPGATE_PUBLIC_KEY: z.string().optional(),
};
