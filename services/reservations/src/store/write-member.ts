import type { Transaction } from '@madoguchi/database';
import type { MemberRow } from './group-member-store.ts';
import { writeMembers } from './group-member-store.ts';

/** Writes what a list says of one person now. The log names the person and not the list. */
export async function writeMember(
  tx: Transaction,
  member: MemberRow,
  told: { operation: string; reason: string; now: Date },
): Promise<{ revision: number }> {
  const [written] = await writeMembers(tx, [member], told);
  const revision = written?.revision ?? 1;
  tx.audit({
    action: 'change',
    operation: told.operation,
    outcome: 'done',
    residents: [member.residentId],
    detail: { revision },
  });
  return { revision };
}
