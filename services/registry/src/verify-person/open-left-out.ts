import type { openLeftOut as OpenLeftOut } from '@madoguchi/contracts';
import { isReason, PURPOSES_OF_CASE, residentVerified, SPOKEN_ITEMS } from '@madoguchi/contracts';
import { ok, refuse } from '@madoguchi/kernel';
import type { Handler } from '@madoguchi/messaging';
import { isSteppedUp } from '@madoguchi/policy';
import type { Runtime } from '@madoguchi/service';
import { LIMITS } from '../domain/thresholds.ts';
import { notApproved, useApproval } from '../store/approval-store.ts';
import { openItem } from '../store/left-out-store.ts';
import { grantFor } from './grant-for.ts';

const NOTHING_SAID = Object.fromEntries(
  SPOKEN_ITEMS.map((item) => [item, 'not-given' as const]),
) as Record<(typeof SPOKEN_ITEMS)[number], 'not-given'>;

/**
 * Opens one who was left out of a bulk file. Nobody calls for them, so nothing is compared; all else is the
 * way of the desk: a fresh second factor, a reason, and a second person's approval of this one case.
 */
export function openLeftOut(runtime: Runtime): Handler<typeof OpenLeftOut> {
  return async (request, context) => {
    const { permit, actor } = context;
    const { itemId, purpose, reason, approvalId } = request;
    const now = runtime.clock.now();
    if (!permit?.atDesk) return refuse('case_required');
    if (!PURPOSES_OF_CASE[permit.kind].includes(purpose)) return refuse('purpose_not_allowed');
    if (!isSteppedUp(actor, now)) return refuse('step_up_required');
    if (!isReason(reason)) return refuse('reason_too_short');
    const { caseId } = permit;
    const opening = { itemId, caseId, operatorId: actor.sub };
    const who = { ...context.who, purpose };
    const opened = await runtime.database.transaction(who, async (tx) => {
      const wanted = { approvalId, caseId, operatorId: actor.sub, now };
      const approved = await useApproval(tx.query, 'desk-verification', wanted);
      const person = approved
        ? await openItem(tx.query, runtime.config.MUNICIPALITY_CODE, opening)
        : undefined;
      tx.audit({
        action: person ? 'verification' : 'verification-refused',
        operation: 'registry.open-left-out',
        outcome: person ? 'done' : 'refused',
        purpose,
        residents: person ? [person.residentId] : [],
        detail: { itemId, approvalId, reason },
      });
      if (!approved) return notApproved(tx.query, approvalId);
      if (!person) return refuse('not_found');
      const payload = { caseId, residentId: person.residentId };
      tx.record({ type: residentVerified, aggregateId: caseId, aggregateVersion: 1, payload });
      return ok(person);
    });
    if (!opened.ok) return opened;
    const { residentId, protected: residentProtected } = opened.value;
    const granted = { caseId, residentId, residentProtected, purpose, approvalId };
    return ok({
      outcome: 'confirmed' as const,
      items: NOTHING_SAID,
      askFor: [],
      triesLeft: LIMITS.triesPerCase,
      residentId,
      ...(await grantFor(runtime, context, granted)),
    });
  };
}
