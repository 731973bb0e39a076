import type { enterGroupMember as EnterGroupMember, RequestOf } from '@madoguchi/contracts';
import { isReason } from '@madoguchi/contracts';
import type { Transaction } from '@madoguchi/database';
import { idempotent } from '@madoguchi/database';
import type { CalendarDate, Clock } from '@madoguchi/kernel';
import { addDays, ok, refuse } from '@madoguchi/kernel';
import type { Handler } from '@madoguchi/messaging';
import type { Runtime } from '@madoguchi/service';
import { commandOf } from '@madoguchi/service';
import { mayKeepLists } from '../domain/purposes.ts';
import { lockLists } from '../store/group-member-store.ts';
import { readRulebook } from '../store/rulebook-store.ts';
import { writeMember } from '../store/write-member.ts';

const OPERATION = 'reservations.enter-group-member';
type Request = RequestOf<typeof EnterGroupMember>;

async function enter(tx: Transaction, request: Request, told: { reason: string; clock: Clock }) {
  const { residentId, groupCode, from, lastDay, source } = request;
  await lockLists(tx);
  const now = told.clock.now();
  const { priorityGroups } = await readRulebook(tx.query, now);
  const group = priorityGroups.find((one) => one.groupCode === groupCode);
  if (!group)
    return refuse('reference_unknown', { unknown: [{ field: 'groupCode', code: groupCode }] });
  if (!group.listed) return refuse('group_not_listed');
  const to = lastDay === null ? null : addDays(lastDay as CalendarDate, 1);
  const member = { residentId, groupCode, from: from as CalendarDate, to, source: source.trim() };
  return ok(await writeMember(tx, member, { reason: told.reason, now, operation: OPERATION }));
}

/** Puts a verified person on a list, or corrects what it says of them. */
export function enterGroupMember(runtime: Runtime): Handler<typeof EnterGroupMember> {
  return async (request, context) => {
    if (!mayKeepLists(context.grant?.purposes ?? [])) return refuse('purpose_not_allowed');
    const reason = request.reason.trim();
    if (!isReason(reason)) return refuse('reason_too_short');
    const command = commandOf(context, OPERATION, request);
    return runtime.database.transaction(context.who, (tx) =>
      idempotent(tx, command, () => enter(tx, request, { reason, clock: runtime.clock })),
    );
  };
}
