import { z } from 'zod';

/** UUIDv7, lower case with hyphens: safe as a NATS subject token. */
export const Id = z
  .string()
  .regex(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/);
/** Calendar date in Asia/Tokyo, `YYYY-MM-DD`. */
export const IsoDate = z.iso.date();
/** Wall time in Asia/Tokyo, `HH:MM`. */
export const WallTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);
/** Instant, RFC 3339 with offset. */
export const Instant = z.iso.datetime({ offset: true });
/** 5 digits and a check digit (全国地方公共団体コード). */
export const MunicipalityCode = z.string().regex(/^\d{6}$/);
/** 券番号: 10 digits, leading zeros kept. */
export const TicketNumber = z.string().regex(/^\d{10}$/);
/** 医療機関コード: 10 digits. */
export const VenueCode = z.string().regex(/^\d{10}$/);
/** A stable code of ours: lower snake or kebab case. */
export const Code = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/);

const UNWANTED = /(?![\t\n\r])[\p{Cc}\u202a-\u202e\u2066-\u2069]/u;

/**
 * Text a person typed: no control characters (NUL above all, which PostgreSQL cannot store), no lone
 * surrogates, no bidirectional overrides; code points are otherwise kept as they are.
 */
export function typedText(maxLength: number): z.ZodString {
  return z
    .string()
    .max(maxLength)
    .refine((text) => text.isWellFormed(), { message: 'contains half a character' })
    .refine((text) => !UNWANTED.test(text), { message: 'contains a control character' });
}

/** A sentence in both languages, ready to be read out. */
export const Sentence = z.strictObject({ ja: z.string(), en: z.string() });
export type Sentence = z.infer<typeof Sentence>;

export const DoseNumber = z.int().min(1).max(20);
export const Cursor = z.string().max(512);
