import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { Secrets } from '../start/home.ts';

export const BACKUP_FORMAT = 'madoguchi-backup-1';
const FILE = 'manifest.json';

const Digest = z.string().regex(/^[0-9a-f]{64}$/);

const BackedUpTable = z.strictObject({
  schema: z.string(),
  name: z.string(),
  columns: z.array(z.string()).min(1),
  rows: z.int().min(0),
  /** Beside the manifest: gzip of PostgreSQL's COPY text. */
  file: z.string().regex(/^[a-z0-9_-]+\/[A-Za-z0-9_.-]+\.gz$/),
  bytes: z.int().min(0),
  sha256: Digest,
});
export type BackedUpTable = z.output<typeof BackedUpTable>;

const BackedUpDatabase = z.strictObject({
  service: z.string(),
  migrations: z.array(z.string()),
  /** Where the write-ahead log stood when the snapshot was taken. */
  lsn: z.string(),
  tables: z.array(BackedUpTable),
  sequences: z.array(z.strictObject({ name: z.string(), lastValue: z.string() })),
});
export type BackedUpDatabase = z.output<typeof BackedUpDatabase>;

/** What a backup holds; written last, so that a folder without one is no backup. */
const Manifest = z.strictObject({
  format: z.literal(BACKUP_FORMAT),
  startedAt: z.iso.datetime(),
  /** Between the first database's snapshot and the last one's. */
  spreadMs: z.number(),
  postgres: z.string(),
  /** Of the keys that values in the rows are sealed with; without the same keys they stay closed. */
  keys: Digest,
  databases: z.array(BackedUpDatabase).min(1),
});
export type Manifest = z.output<typeof Manifest>;

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** Tells two installations' keys apart, and says nothing of them. */
export const digestOfKeys = ({ eventKey, lookupKey }: Secrets): string =>
  sha256(`madoguchi-backup-keys\n${eventKey}\n${lookupKey}`);

/** The digest of a file's bytes. */
export async function digestOfFile(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  return hash.digest('hex');
}

export async function writeManifest(folder: string, manifest: Manifest): Promise<void> {
  const body = JSON.stringify(manifest, null, 2);
  const file = join(folder, FILE);
  await writeFile(`${file}.new`, JSON.stringify({ sha256: sha256(body), body }), { mode: 0o600 });
  await rename(`${file}.new`, file);
}

/** @returns why it cannot be used, in a sentence, or the manifest */
export async function readManifest(folder: string): Promise<Manifest | string> {
  const text = await readFile(join(folder, FILE), 'utf8').catch(() => undefined);
  if (text === undefined) return `${folder} holds no finished backup: there is no ${FILE} in it.`;
  try {
    const { sha256: digest, body } = JSON.parse(text) as { sha256: string; body: string };
    if (sha256(body) !== digest) return `${FILE} of ${folder} was changed after the backup.`;
    return Manifest.parse(JSON.parse(body));
  } catch {
    return `${FILE} of ${folder} cannot be read, or was written by another version.`;
  }
}
