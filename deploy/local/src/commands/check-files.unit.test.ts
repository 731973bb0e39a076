import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { afterAll, describe, expect, it } from 'vitest';
import { checkFiles } from './check-files.ts';

const folder = mkdtempSync(join(tmpdir(), 'files-'));
const file = join(folder, 'some.csv');
writeFileSync(file, 'a,b\n');
afterAll(() => rmSync(folder, { recursive: true }));

/** What is said before the command would begin; undefined where it begins. */
async function said(...words: string[]): Promise<string | undefined> {
  const program = new Command('madoguchi').exitOverride();
  program.hook('preAction', (_, command) => checkFiles(command));
  const begin = (): void => undefined;
  const residents = program.command('residents');
  residents.command('import <file>').option('--refused <file>').action(begin);
  residents.command('codes').command('import <file>').action(begin);
  const venues = program.command('venues');
  venues.command('import <file>').action(begin);
  venues.command('export <file>').action(begin);
  program.command('groups').command('import <file>').action(begin);
  program.command('backup <folder>').action(begin);
  program.command('restore <folder>').action(begin);
  return program.parseAsync(words, { from: 'user' }).then(
    () => undefined,
    (error: Error) => error.message,
  );
}

describe('files named on the command line', () => {
  it.each([
    [['residents', 'import', file], undefined],
    [['residents', 'import', folder], 'is a folder'],
    [['residents', 'import', `${file}.not`], 'There is no such file'],
    [['residents', 'import', join(file, 'below')], 'a part of it is a file'],
    [['residents', 'import', '-'], 'takes no -'],
    [['residents', 'import', file, '--refused', folder], 'is a folder'],
    [['residents', 'import', file, '--refused', join(folder, 'no', 'x')], 'There is no folder'],
    [['residents', 'codes', 'import', folder], 'is a folder'],
    [['venues', 'import', '-'], undefined],
    [['groups', 'import', `${file}.not`], 'There is no such file'],
    [['groups', 'import', '-'], undefined],
    [['venues', 'export', '-'], undefined],
    [['venues', 'export', join(folder, 'new.csv')], undefined],
    [['venues', 'export', folder], 'is a folder'],
    [['venues', 'export', join(folder, 'no', 'new.csv')], 'There is no folder'],
    [['backup', join(folder, 'new')], undefined],
    [['backup', file], 'is a file'],
    [['backup', '-'], 'takes no -'],
    [['restore', join(folder, 'none')], 'There is no folder'],
    [['restore', folder], undefined],
  ])('%j: %s', async (words, sentence) => {
    const what = await said(...words);
    if (sentence === undefined) expect(what).toBeUndefined();
    else expect(what).toContain(sentence);
  });
});
