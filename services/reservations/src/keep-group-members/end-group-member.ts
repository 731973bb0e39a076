import type { endGroupMember as EndGroupMember, RequestOf } from '@madoguchi/contracts';
import { isReason } from '@madoguchi/contracts';
import type { Transaction } from '@madoguchi/database';
import { idempotent } from '@madoguchi/database';
import type { CalendarDate, Clock } from '@madoguchi/kernel';
import { addDays, ok, refuse } from '@madoguchi/kernel';
import type { Handler } from '@madoguchi/messaging';
import type { Runtime } from '@madoguchi/service';
import { commandOf } from '@madoguchi/service';
import { endedWith } from '../domain/membership.ts';
import { mayKeepLists } from '../domain/purposes.ts';
import { lockLists, standingMembers } from '../store/group-member-store.ts';
import { writeMember } from '../store/write-member.ts';

const OPERATION = 'reservations.end-group-member';
type Request = RequestOf<typeof EndGroupMember>;

async function end(tx: Transaction, request: Request, told: { reason: string; clock: Clock }) {
  const { residentId, groupCode, lastDay } = request;
  await lockLists(tx);
  const now = told.clock.now();
  const [standing] = await standingMembers(tx.query, [{ residentId, groupCode }]);
  if (!standing) return refuse('membership_not_found');
  const ended = { ...standing, ...endedWith(standing, lastDay as CalendarDate) };
  if (standing.to !== null && ended.to !== null && ended.to > standing.to)
    return refuse('membership_ends_earlier', { lastDay: addDays(standing.to, -1) });
  return ok(await writeMember(tx, ended, { reason: told.reason, now, operation: OPERATION }));
}

/** Ends what a list says of a verified person. */
export function endGroupMember(runtime: Runtime): Handler<typeof EndGroupMember> {
  return async (request, context) => {
    if (!mayKeepLists(context.grant?.purposes ?? [])) return refuse('purpose_not_allowed');
    const reason = request.reason.trim();
    if (!isReason(reason)) return refuse('reason_too_short');
    const command = commandOf(context, OPERATION, request);
    return runtime.database.transaction(context.who, (tx) =>
      idempotent(tx, command, () => end(tx, request, { reason, clock: runtime.clock })),
    );
  };
}
