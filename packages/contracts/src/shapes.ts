import { z } from 'zod';

/** What it must be, where anything was given. */
const unlessMissing =
  (mustBe: string) =>
  ({ input }: { input?: unknown }): string | undefined =>
    input === undefined ? undefined : mustBe;

/** UUIDv7, lower case with hyphens: safe as a NATS subject token. */
export const Id = z
  .string()
  .regex(
    /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/,
    'must be an id as we gave it: a UUID in lower case',
  )
  .meta({
    description: 'An id as we gave it (UUIDv7).',
    examples: ['01a214fe-692d-70e2-bee5-f0adb6a1e687'],
  });
/** Calendar date in Asia/Tokyo, `YYYY-MM-DD`, that a database takes too: there was no year 0. */
export const IsoDate = z.iso
  .date({ error: unlessMissing('must be a day of the calendar, YYYY-MM-DD'), abort: true })
  .refine((text) => !text.startsWith('0000'), { message: 'no such year' })
  .meta({ description: 'Calendar date in Japan, YYYY-MM-DD.', examples: ['2026-12-05'] });
/** Near enough for days to be counted from it, or up to it. */
export const NearDay = IsoDate.refine((text) => text >= '1868-01-01' && text < '2200-01-01', {
  message: 'no such day for us',
});
/** Wall time in Asia/Tokyo, `HH:MM`. */
export const WallTime = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, {
    error: 'must be a time from 00:00 to 23:59, HH:MM',
    abort: true,
  })
  .meta({ description: 'Time of day in Japan, HH:MM.', examples: ['09:30'] });
/** Instant, RFC 3339 with offset. */
export const Instant = z.iso
  .datetime({ offset: true, error: unlessMissing('must be an instant with its offset, RFC 3339') })
  .meta({
    description: 'Instant with its offset, RFC 3339.',
    examples: ['2026-12-01T09:00:00+09:00'],
  });
/** Instant of a plan: a far one, in another zone, can lie in a year that nothing writes down. */
export const NearInstant = Instant.refine((text) => text >= '1868' && text < '2200', {
  message: 'no such time for us',
});

type Rule<Range> = [check: (range: Range) => boolean, wrong: { error: string; path: string[] }];

/** A range ends behind its beginning; for `refine`, over whatever else is in the request. */
export const daysInOrder: Rule<{ from?: string | undefined; to?: string | undefined }> = [
  ({ from, to }) => from === undefined || to === undefined || from <= to,
  { error: 'lies before from', path: ['to'] },
];
export const timesInOrder: Rule<{ timeFrom?: string | undefined; timeTo?: string | undefined }> = [
  ({ timeFrom, timeTo }) => timeFrom === undefined || timeTo === undefined || timeFrom < timeTo,
  { error: 'must lie behind timeFrom', path: ['timeTo'] },
];

/** 5 digits and a check digit (全国地方公共団体コード). */
export const MunicipalityCode = z.string().regex(/^\d{6}$/, 'must be 6 digits');
/** 券番号: 10 digits, leading zeros kept. */
export const TicketNumber = z
  .string()
  .regex(/^\d{10}$/, 'must be 10 digits')
  .meta({
    description: 'Number of a vaccination ticket (券番号), 10 digits.',
    examples: ['0000000003'],
  });
/** 医療機関コード: 10 digits. */
export const VenueCode = z
  .string()
  .regex(/^\d{10}$/, 'must be 10 digits')
  .meta({ description: 'Code of a venue (医療機関コード), 10 digits.', examples: ['1312300011'] });
/** A stable code of ours: lower snake or kebab case. */
export const Code = z
  .string()
  .regex(
    /^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/,
    'must be a code: letters A to Z, digits, - and _, at most 64',
  )
  .meta({ description: 'A code of ours: letters A to Z, digits, - and _.' });

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

export const DoseNumber = z
  .int()
  .min(1)
  .max(20)
  .meta({ description: 'Which dose of its series (何回目), from 1.', examples: [1] });
export const Cursor = z
  .string()
  .max(512)
  .meta({ description: '`nextCursor` of the answer before, for the same question.' });

/** Bytes in base64, of a file of up to half a megabyte: with what is around it, one message. */
export const FileBytes = z
  .base64({ error: unlessMissing('must be base64') })
  .max(700_000, 'is too long: split the file into parts of at most 500 KB')
  .meta({ description: 'Bytes of a file of at most 500 KB, in base64.' });

/** A row of a file that was not taken: line in the file (1 is the header), column, and why; never its value. */
export const RefusedRow = z.strictObject({
  line: z.int().positive(),
  column: z.string(),
  reason: z.string(),
});

/** A member of something kept in a history, as it was and as it became. */
export const Difference = z.strictObject({
  member: z.string(),
  before: z.json().optional(),
  after: z.json(),
});
