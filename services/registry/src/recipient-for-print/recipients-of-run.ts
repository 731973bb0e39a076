import type { Who, recipientForPrint, ReplyOf } from '@madoguchi/contracts';
import { noticesRunSelection } from '@madoguchi/contracts';
import type { Database } from '@madoguchi/database';
import type { Result } from '@madoguchi/kernel';
import { ok, tokyoDate } from '@madoguchi/kernel';
import { setAside } from '../store/addressees.ts';
import type { NotApproved } from '../store/approval-store.ts';
import { notApproved, useExportApproval } from '../store/approval-store.ts';
import { findResident } from '../store/resident-store.ts';

export type Recipient = ReplyOf<typeof recipientForPrint>;

/** A run of papers that a second person agreed to. */
export type ApprovedRun = { database: Database; who: Who; approvalId: string };

const OPERATION = 'registry.recipients-of-run';

/** Takes the approval for this run of at most so many and no other. */
export async function beginRun(
  { database, who, approvalId }: ApprovedRun,
  limit: number,
): Promise<Result<unknown, NotApproved>> {
  return database.transaction(who, async (tx) => {
    const approved = await useExportApproval(tx, {
      approvalId,
      selection: noticesRunSelection(limit),
      now: new Date(),
    });
    tx.audit({
      action: 'approval',
      operation: OPERATION,
      outcome: approved ? 'done' : 'refused',
      detail: { approvalId },
    });
    return approved ? ok({}) : notApproved(tx.query, approvalId);
  });
}

/**
 * Name and postal address for one paper of the run; nothing for who is not of the register today or is
 * protected, alike. The protected wait in the desk's queue of the run, which bears the approval's id.
 */
export async function recipientOfRun(
  { database, who, approvalId }: ApprovedRun,
  residentId: string,
): Promise<Recipient | undefined> {
  return database.transaction(who, async (tx) => {
    const scope = { municipalityCode: who.municipalityCode, today: tokyoDate(new Date()) };
    const resident = await findResident(tx.query, scope, residentId);
    const allowed = resident?.residentToday === true && !resident.protected;
    tx.audit({
      action: 'print',
      operation: OPERATION,
      outcome: allowed ? 'done' : 'refused',
      residents: [residentId],
      fieldClasses: allowed ? ['name', 'birth', 'address'] : [],
      purpose: 'batch',
      detail: { approvalId },
    });
    if (resident?.protected)
      await setAside(tx.query, approvalId, { ids: [residentId], now: new Date() });
    if (!allowed) return undefined;
    const { name, dateOfBirth, sex, postalCode, address, buildingLine } = resident;
    return { name, dateOfBirth, sex, postalCode, address, buildingLine };
  });
}
