import { describe, expect, it } from 'vitest';
import * as birthDateTables from './birth-date-messages.ts';
import * as callbackTables from './callback-messages.ts';
import * as callTables from './call-messages.ts';
import * as companionTables from './companion-messages.ts';
import * as groupTables from './group-messages.ts';
import * as deskNameTables from './desk-names.ts';
import * as generalTables from './general-messages.ts';
import { render } from './message.ts';
import type { Message } from './message.ts';
import * as nameTables from './names.ts';
import * as registerTables from './register-messages.ts';
import * as ruleTables from './rule-messages.ts';
import * as sessionTables from './session-messages.ts';
import * as taskTables from './task-messages.ts';
import * as waitingTables from './waiting-messages.ts';

const tables: Record<string, Readonly<Record<string, Message>>> = {
  ...birthDateTables,
  ...callbackTables,
  ...callTables,
  ...companionTables,
  ...deskNameTables,
  ...generalTables,
  ...groupTables,
  ...nameTables,
  ...registerTables,
  ...ruleTables,
  ...sessionTables,
  ...taskTables,
  ...waitingTables,
};
const placeholders = (text: string): string[] =>
  [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '').toSorted();

describe('message tables', () => {
  it.each(Object.keys(tables))('%s: both languages, and no value the Japanese lacks', (table) => {
    const faults = Object.entries(tables[table] ?? {}).filter(([, { ja, en }]) => {
      // A wording may leave a value out in English, but never name one the Japanese does not have.
      const unknown = placeholders(en).filter((value) => !placeholders(ja).includes(value));
      return ja.trim() === '' || en.trim() === '' || unknown.length > 0;
    });
    expect(faults).toEqual([]);
  });

  it('says the sentence of the architecture after the last try, to the letter', () => {
    expect(callTables.verificationMessages.closed.ja).toBe(
      '確認できませんでした。担当席へおつなぎします',
    );
  });
});

describe('render', () => {
  const message = { ja: '残り {count} 回', en: '{count} left' } as const;

  it('fills placeholders in either language', () => {
    expect(render(message, 'ja', { count: 2 })).toBe('残り 2 回');
    expect(render(message, 'en', { count: 2 })).toBe('2 left');
  });

  it('leaves braces of a value alone', () => {
    expect(render({ ja: '{name}さん', en: '{name}' }, 'ja', { name: '{count}' })).toBe(
      '{count}さん',
    );
  });
});
