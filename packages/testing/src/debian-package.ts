import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { StartFault } from './child-server.ts';

const run = promisify(execFile);

/** Mirror that this machine's apt uses for Debian itself. */
async function mirror(): Promise<string | undefined> {
  const folder = '/etc/apt/sources.list.d';
  const names = await readdir(folder).catch(() => [] as string[]);
  const files = ['/etc/apt/sources.list', ...names.map((name) => join(folder, name))];
  for (const file of files) {
    const text = await readFile(file, 'utf8').catch(() => '');
    const found = /^\s*(?:deb\s+(?:\[[^\]]*\]\s+)?|URIs:\s*)(\S+\/debian\/?)(?:\s|$)/m.exec(text);
    if (found?.[1]) return found[1];
  }
  return undefined;
}

/** An apt state of our own, so that neither root nor the machine's sources are needed. */
async function privateState(suite: string): Promise<{ folder: string; options: string[] }> {
  const source = await mirror();
  if (!source) throw new StartFault('This machine has no Debian package source.');
  const folder = await mkdtemp(join(tmpdir(), 'madoguchi-apt-'));
  for (const name of ['lists/partial', 'cache/archives/partial', 'state'])
    await mkdir(join(folder, name), { recursive: true });
  await writeFile(join(folder, 'status'), '');
  const keyring = '/usr/share/keyrings/debian-archive-keyring.gpg';
  await writeFile(
    join(folder, 'sources.list'),
    `deb [signed-by=${keyring}] ${source} ${suite} main\n`,
  );
  const set = {
    'Dir::Etc::sourcelist': join(folder, 'sources.list'),
    'Dir::Etc::sourceparts': '-',
    'Dir::State': join(folder, 'state'),
    'Dir::State::lists': join(folder, 'lists'),
    'Dir::State::status': join(folder, 'status'),
    'Dir::Cache': join(folder, 'cache'),
    'APT::Sandbox::User': '',
  };
  return {
    folder,
    options: Object.entries(set).flatMap(([key, value]) => ['-o', `${key}=${value}`]),
  };
}

export type DebianPackage = {
  name: string;
  /** `trixie` for Debian 13. */
  suite: string;
  /** SHA-256 of the package files we have tried; apt's own signature check comes first. */
  pinned: readonly string[];
};

/** Downloads a package with apt's signature check and our pin, and unpacks it into a folder. No root. */
export async function unpackDebianPackage(wanted: DebianPackage, into: string): Promise<void> {
  const { folder, options } = await privateState(wanted.suite);
  try {
    await run('apt-get', [...options, 'update'], { cwd: folder });
    await run('apt-get', [...options, 'download', wanted.name], { cwd: folder });
    const file = (await readdir(folder)).find((name) => name.endsWith('.deb'));
    if (!file) throw new Error('no package came');
    const digest = createHash('sha256')
      .update(await readFile(join(folder, file)))
      .digest('hex');
    if (!wanted.pinned.includes(digest))
      throw new StartFault(
        `${file} has another checksum than the one this release was tried with.`,
      );
    await mkdir(into, { recursive: true });
    await run('dpkg-deb', ['-x', join(folder, file), into]);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
