import type { FileHandle } from 'node:fs/promises';
import { open, rename, rm } from 'node:fs/promises';
import type { Who } from '@madoguchi/contracts';
import { mailingSelection } from '@madoguchi/contracts';
import type { Database } from '@madoguchi/database';
import type { Result } from '@madoguchi/kernel';
import { newId, ok } from '@madoguchi/kernel';
import type { Addressee, Selection } from '../store/addressees.ts';
import { addresseesAfter, setAside } from '../store/addressees.ts';
import type { NotApproved } from '../store/approval-store.ts';
import { notApproved, useExportApproval } from '../store/approval-store.ts';

export type ExportOptions = Omit<Selection, 'municipalityCode'> & {
  database: Database;
  who: Who;
  municipalityCode: string;
  /** UTF-8 with a mark; there only when it is whole. */
  path: string;
  /** A second person's yes to this one file (kind `export`). */
  approvalId: string;
  now: Date;
};

export type Exported = {
  written: number;
  /** Protected people: not in the file, but in the desk's queue. */
  setAside: number;
};

/** As many as one audit entry can name. */
const PAGE = 1_000;
const OPERATION = 'registry.export-addressees';
const HEADER = ['宛名番号', '氏名', '氏名カナ', '生年月日', '郵便番号', '住所', '方書'];

const cell = (value: string | null): string => `"${(value ?? '').replaceAll('"', '""')}"`;
const lineOf = (one: Addressee): string =>
  `${[one.addresseeNumber, one.name, one.nameKana, one.dateOfBirth, one.postalCode, one.address, one.buildingLine].map(cell).join(',')}\r\n`;

/** One page, audited and with the protected set aside before a line of it is written. */
async function takePage(options: ExportOptions, runId: string, after: string | undefined) {
  const { database, who, now } = options;
  return database.transaction(who, async (tx) => {
    const page = await addresseesAfter(tx.query, options, { after, limit: PAGE });
    const aside = page.filter((one) => one.protected).map((one) => one.residentId);
    const open = page.filter((one) => !one.protected);
    const entry = { operation: OPERATION, outcome: 'done' as const, detail: { runId } };
    if (aside.length > 0) {
      await setAside(tx.query, runId, { ids: aside, now });
      tx.audit({ ...entry, action: 'change', residents: aside });
    }
    if (open.length > 0)
      tx.audit({
        ...entry,
        action: 'disclosure',
        residents: open.map((one) => one.residentId),
        fieldClasses: ['id', 'name', 'birth', 'address'],
      });
    return { page, open, aside: aside.length };
  });
}

async function writePages(options: ExportOptions, file: FileHandle): Promise<Exported> {
  const runId = newId();
  const exported = { written: 0, setAside: 0 };
  let after: string | undefined;
  for (;;) {
    const { page, open, aside } = await takePage(options, runId, after);
    await file.write(open.map(lineOf).join(''));
    exported.written += open.length;
    exported.setAside += aside;
    if (page.length < PAGE) return exported;
    after = page.at(-1)?.residentId;
  }
}

/**
 * A bulk file of names and addresses, for a printer's shop say, with a second person's approval. Protected
 * people are not in it: they are put into a queue of their own, to be dealt with by hand.
 */
export async function exportAddressees(
  options: ExportOptions,
): Promise<Result<Exported, NotApproved>> {
  const { database, who, approvalId, now, path, bornFrom, bornTo } = options;
  const selection = mailingSelection(bornFrom, bornTo);
  const approved = await database.transaction(who, async (tx) => {
    if (await useExportApproval(tx, { approvalId, now, selection })) return ok({});
    tx.audit({ action: 'refusal', operation: OPERATION, outcome: 'refused' });
    return notApproved(tx.query, approvalId);
  });
  if (!approved.ok) return approved;
  const part = `${path}.part`;
  const file = await open(part, 'w', 0o600);
  try {
    await file.write(`\ufeff${HEADER.join(',')}\r\n`);
    const exported = await writePages(options, file);
    await file.close();
    await rename(part, path);
    return ok(exported);
  } catch (error) {
    await file.close().catch(() => undefined);
    await rm(part, { force: true });
    throw error;
  }
}
