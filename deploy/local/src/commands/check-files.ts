import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Command } from 'commander';
import { WrongUsage } from './outcome.ts';

/** Commands that write their file; all others read it. */
const WRITING: ReadonlySet<string> = new Set([
  'residents invent',
  'residents mailing',
  'venues export',
  'audit export',
]);
/** Commands that take `-` for standard input or output; the others read twice, or write for their owner only. */
const STREAMING: ReadonlySet<string> = new Set([
  'venues import',
  'venues export',
  'slots open',
  'groups import',
]);
/** Options that name a file to be written. */
const WRITTEN = ['refused', 'out', 'history'] as const;

/** `residents codes import` */
function nameOf(command: Command): string {
  const { parent } = command;
  return parent?.parent ? `${nameOf(parent)} ${command.name()}` : command.name();
}

const found = (path: string) =>
  stat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    if (error.code === 'EACCES') throw new WrongUsage(`${path} cannot be reached by this user.`);
    if (error.code === 'ENOTDIR')
      throw new WrongUsage(`${path} does not exist: a part of it is a file.`);
    throw error;
  });

const mayNot = async (path: string, mode: number): Promise<boolean> =>
  access(path, mode).then(
    () => false,
    () => true,
  );

async function checkReadable(path: string): Promise<void> {
  const there = await found(path);
  if (!there) throw new WrongUsage(`There is no such file: ${path}`);
  if (there.isDirectory()) throw new WrongUsage(`${path} is a folder; name a file.`);
  if (await mayNot(path, constants.R_OK))
    throw new WrongUsage(`${path} may not be read by this user.`);
}

async function checkWritable(path: string): Promise<void> {
  const there = await found(path);
  if (there?.isDirectory()) throw new WrongUsage(`${path} is a folder; name a file.`);
  const folder = dirname(path);
  if (!there && !(await found(folder)))
    throw new WrongUsage(`There is no folder ${folder} to write ${path} into.`);
  if (await mayNot(there ? path : folder, constants.W_OK))
    throw new WrongUsage(`${path} may not be written by this user.`);
}

async function checkFolder(path: string, read: boolean): Promise<void> {
  const there = await found(path);
  if (!there && read) throw new WrongUsage(`There is no folder ${path}.`);
  if (there && !there.isDirectory()) throw new WrongUsage(`${path} is a file; name a folder.`);
}

function refuseDash(path: string, command: string): void {
  if (path === '-')
    throw new WrongUsage(
      `${command} takes no - for standard input or output here; name a file or folder (./- for one of that name).`,
    );
}

/** Files and folders that a command names, checked before anything is opened, in words. */
export async function checkFiles(command: Command): Promise<void> {
  const name = nameOf(command);
  for (const [place, argument] of command.registeredArguments.entries()) {
    const path: unknown = command.processedArgs[place];
    if (typeof path !== 'string') continue;
    if (argument.name() === 'folder') {
      refuseDash(path, name);
      await checkFolder(path, name === 'restore');
    }
    if (argument.name() !== 'file' || (path === '-' && STREAMING.has(name))) continue;
    refuseDash(path, name);
    await (WRITING.has(name) ? checkWritable(path) : checkReadable(path));
  }
  const options: Record<string, unknown> = command.opts();
  for (const option of WRITTEN) {
    const path = options[option];
    if (typeof path !== 'string') continue;
    refuseDash(path, `--${option}`);
    await checkWritable(path);
  }
}
