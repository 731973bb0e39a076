import { mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { StartFault } from '@madoguchi/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeFolder, openHome, openHomeInUse } from './home.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'madoguchi-home-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('MADOGUCHI_HOME', () => {
  it('is made with the folders above it, and may be there already', async () => {
    const deep = join(folder, 'a', 'b', 'c');
    await makeFolder(deep);
    await makeFolder(deep);
    expect((await stat(deep)).isDirectory()).toBe(true);
  });

  it('where no folder can be is refused at once, in one sentence', async () => {
    for (const bad of ['/proc/x', '/proc/x/y', '/proc/self/z'])
      await expect(openHome({ MADOGUCHI_HOME: bad })).rejects.toThrow(StartFault);
    await writeFile(join(folder, 'file'), '');
    for (const bad of ['file', 'file/below'])
      await expect(openHome({ MADOGUCHI_HOME: join(folder, bad) })).rejects.toThrow(StartFault);
  });

  it('is not made by a command that looks for one in use', async () => {
    const wrong = join(folder, 'wrong');
    await mkdir(wrong);
    for (const none of [wrong, join(folder, 'absent')])
      await expect(openHomeInUse({ MADOGUCHI_HOME: none })).rejects.toThrow(
        `${none} holds no installation`,
      );
    expect(await readdir(wrong)).toEqual([]);
    const right = { MADOGUCHI_HOME: join(folder, 'right') };
    const started = await openHome(right);
    expect((await openHomeInUse(right)).secrets).toEqual(started.secrets);
  });

  it('keeps its keys from start to start, and gets those that an earlier version did not know', async () => {
    const home = { MADOGUCHI_HOME: join(folder, 'home') };
    const first = await openHome(home);
    const { natsKeys: _, ...earlier } = first.secrets;
    await writeFile(join(folder, 'home', 'secrets.json'), JSON.stringify(earlier));
    const second = await openHome(home);
    expect(second.secrets.eventKey).toBe(first.secrets.eventKey);
    expect(Object.keys(second.secrets.natsKeys).length).toBeGreaterThan(8);
    expect((await openHome(home)).secrets).toEqual(second.secrets);
    expect((await stat(join(folder, 'home', 'secrets.json'))).mode & 0o777).toBe(0o600);
  });
});
