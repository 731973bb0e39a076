import type { listMemberships as ListMemberships } from '@madoguchi/contracts';
import type { CalendarDate } from '@madoguchi/kernel';
import { addDays, ok, refuse } from '@madoguchi/kernel';
import type { Handler } from '@madoguchi/messaging';
import type { Runtime } from '@madoguchi/service';
import { mayReadLists } from '../domain/purposes.ts';
import { membershipsOf } from '../store/group-member-store.ts';
import { readRulebook } from '../store/rulebook-store.ts';

const lastDayOf = (to: CalendarDate | null): CalendarDate | null =>
  to === null ? null : addDays(to, -1);

/** The lists that a verified person is on. */
export function listMemberships(runtime: Runtime): Handler<typeof ListMemberships> {
  return async ({ residentId }, context) => {
    if (!mayReadLists(context.grant?.purposes ?? [])) return refuse('purpose_not_allowed');
    return runtime.database.transaction(context.who, async (tx) => {
      const { priorityGroups } = await readRulebook(tx.query, runtime.clock.now());
      const names = new Map(priorityGroups.map(({ groupCode, name }) => [groupCode, name]));
      const memberships = await membershipsOf(tx.query, residentId);
      tx.audit({
        action: 'disclosure',
        operation: 'reservations.list-memberships',
        outcome: 'done',
        residents: [residentId],
        detail: { lists: memberships.length },
      });
      return ok({
        memberships: memberships.map(({ to, enteredAt, ...one }) => {
          const name = names.get(one.groupCode);
          return {
            ...one,
            ...(name ? { name } : {}),
            lastDay: lastDayOf(to),
            enteredAt: enteredAt.toISOString(),
          };
        }),
      });
    });
  };
}
