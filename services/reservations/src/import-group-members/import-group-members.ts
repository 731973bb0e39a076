import type { importGroupMembers as ImportGroupMembers, RefusalOf } from '@madoguchi/contracts';
import { isReason, matchAddressees } from '@madoguchi/contracts';
import { idempotent } from '@madoguchi/database';
import type { Refusal } from '@madoguchi/kernel';
import { ok, refuse } from '@madoguchi/kernel';
import type { Handler, OperationContext } from '@madoguchi/messaging';
import type { Runtime } from '@madoguchi/service';
import { commandOf } from '@madoguchi/service';
import { readRulebook } from '../store/rulebook-store.ts';
import { readList } from './read-list.ts';
import type { MatchPeople } from './take-list.ts';
import { knowPeople, takeList } from './take-list.ts';

const matchingFor =
  (runtime: Runtime, context: OperationContext): MatchPeople =>
  async (people) => {
    const { actorToken, deadline, correlationId } = context;
    const asked = { actorToken, deadline, correlationId };
    const answer = await runtime.call(matchAddressees, { people }, asked);
    return answer.ok ? ok(answer.value.matches) : answer;
  };

/** Takes a list of people of priority groups that somebody of the city chose at the console. */
export function importGroupMembers(runtime: Runtime): Handler<typeof ImportGroupMembers> {
  return async (request, context) => {
    const { dryRun, whole, source } = request;
    const reason = request.reason.trim();
    if (!isReason(reason)) return refuse('reason_too_short');
    const command = commandOf(context, 'reservations.import-group-members', request);
    const rules = await readRulebook(runtime.database.read, runtime.clock.now());
    const list = readList(Buffer.from(request.fileBase64, 'base64'), { rules, source });
    if (!list.ok) return list;
    // Nothing is locked while the register is asked.
    const known = await knowPeople(list.value, matchingFor(runtime, context));
    if (!known.ok)
      return known as { ok: false; refusal: Refusal<RefusalOf<typeof ImportGroupMembers>> };
    return runtime.database.transaction(context.who, (tx) =>
      idempotent(tx, command, async () =>
        ok(await takeList(tx, known.value, { dryRun, whole, reason, clock: runtime.clock })),
      ),
    );
  };
}
