import { WEEKDAYS } from '@madoguchi/contracts/catalogue';
import type { Weekday } from '@madoguchi/contracts';
import { z } from 'zod';
import type { EntryField, EntryKind } from './entry-fields.ts';
import { listedWords } from './listed-words.ts';

// The page's security policy runs no code made from text.
z.config({ jitless: true });

export type Row = Readonly<Record<string, unknown>>;
/** What stands in the fields, by member; hours by member and weekday. */
export type Draft = Readonly<Record<string, string>>;
type Hours = { weekday: Weekday; opens: string; closes: string };

/** Weekdays as they are entered, Monday first. */
export const ENTERED_WEEKDAYS: readonly Weekday[] = [...WEEKDAYS.slice(1), ...WEEKDAYS.slice(0, 1)];
export const hoursField = (member: string, weekday: Weekday): string => `${member}.${weekday}`;

/** The member of a row, which may stand in a part of it (`name.ja`). */
function memberOf(row: Row | undefined, member: string): unknown {
  const [first = '', second] = member.split('.');
  const value = row?.[first];
  return second === undefined ? value : (value as Row | undefined)?.[second];
}

/** A member in words of its field: lists with blanks between, nothing for null. */
export function textOf(field: EntryField, row: Row | undefined): string {
  const value = memberOf(row, field.member);
  if (field.type === 'choice') return typeof value === 'string' ? value : (field.options[0] ?? '');
  if (field.type === 'flag') return value === true ? 'yes' : 'no';
  if (Array.isArray(value)) return value.join(' ');
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

const hoursText = (all: readonly Hours[], day: Weekday): string =>
  all
    .filter(({ weekday }) => weekday === day)
    .map(({ opens, closes }) => `${opens}-${closes}`)
    .join(' ');

/** The fields filled from a row; empty ones for a new row. */
export function draftOf({ fields }: EntryKind, row: Row | undefined): Draft {
  return Object.fromEntries(
    fields.flatMap((field) =>
      field.type === 'hours'
        ? ENTERED_WEEKDAYS.map((day) => [
            hoursField(field.member, day),
            hoursText((memberOf(row, field.member) ?? []) as readonly Hours[], day),
          ])
        : [[field.member, textOf(field, row)]],
    ),
  ) as Draft;
}

function hoursOf(draft: Draft, member: string): Hours[] {
  return ENTERED_WEEKDAYS.flatMap((weekday) =>
    listedWords(draft[hoursField(member, weekday)] ?? '').map((range) => {
      const [opens = '', closes = ''] = range.split(/[-–〜~]/u);
      return { weekday, opens: opens.padStart(5, '0'), closes: closes.padStart(5, '0') };
    }),
  );
}

function valueOf(field: EntryField, draft: Draft): unknown {
  const text = (draft[field.member] ?? '').trim();
  switch (field.type) {
    case 'list':
      return listedWords(text);
    case 'flag':
      return text === 'yes';
    case 'hours':
      return hoursOf(draft, field.member);
    case 'choice':
      return text;
    case 'number':
      if (text === '') return field.nullable === true ? null : Number.NaN;
      return Number(text.normalize('NFKC'));
    case 'text':
    case 'date':
      return text === '' && field.nullable === true ? null : text;
  }
}

function put(row: Record<string, unknown>, member: string, value: unknown): void {
  const [first = '', second] = member.split('.');
  if (second === undefined) row[first] = value;
  else row[first] = { ...(row[first] as object | undefined), [second]: value };
}

/** The code that a row stands under; none of a row that is not there yet. */
export function codeOf({ code }: EntryKind, row: Row | undefined): string {
  const value = row?.[code];
  return typeof value === 'string' ? value : '';
}

/** A code for the next version of a row: that of the row with the day on which it begins. */
export const nextCode = (code: string, day: string): string =>
  day === '' ? '' : `${code.replace(/-\d{8}$/u, '').slice(0, 55)}-${day.replaceAll('-', '')}`;

export type Read = { ok: true; row: Row } | { ok: false; members: readonly string[] };

/** The row that the fields say, or the members that are wrong. */
export function readDraft(kind: EntryKind, draft: Draft): Read {
  const row: Record<string, unknown> = {};
  for (const field of kind.fields) put(row, field.member, valueOf(field, draft));
  const parsed = kind.schema.safeParse(row);
  if (parsed.success) return { ok: true, row };
  const members = new Set(
    parsed.error.issues.map(({ path }) => {
      const whole = path.slice(0, 2).map(String).join('.');
      return kind.fields.some(({ member }) => member === whole) ? whole : String(path[0]);
    }),
  );
  return { ok: false, members: [...members] };
}
