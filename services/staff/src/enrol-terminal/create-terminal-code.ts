import type { createTerminalCode as CreateTerminalCode } from '@madoguchi/contracts';
import { ok, refuse } from '@madoguchi/kernel';
import type { Handler } from '@madoguchi/messaging';
import { isSteppedUp } from '@madoguchi/policy';
import type { Runtime } from '@madoguchi/service';
import { digestOfSecret, newSpokenCode } from '../store/digest.ts';
import { addTerminalCode } from '../store/terminal-store.ts';

const CODE_LIFETIME_MS = 24 * 3_600_000;

/** A one-use code to enrol a terminal; good for a day. */
export function createTerminalCode(runtime: Runtime): Handler<typeof CreateTerminalCode> {
  return async (request, context) => {
    const now = runtime.clock.now();
    if (!isSteppedUp(context.actor, now)) return refuse('step_up_required');
    const code = newSpokenCode();
    const expiresAt = new Date(now.getTime() + CODE_LIFETIME_MS);
    await runtime.database.transaction(context.who, async (tx) => {
      await addTerminalCode(tx.query, {
        digest: digestOfSecret(code),
        label: request.label,
        expiresAt,
      });
      tx.audit({
        action: 'administration',
        operation: 'staff.create-terminal-code',
        outcome: 'done',
      });
    });
    return ok({ code, expiresAt: expiresAt.toISOString() });
  };
}
