import type { changeSettings as ChangeSettings, ReservationSettings } from '@madoguchi/contracts';
import { isReason, WEEKDAYS } from '@madoguchi/contracts';
import { idempotent } from '@madoguchi/database';
import { ok, refuse } from '@madoguchi/kernel';
import type { Handler } from '@madoguchi/messaging';
import type { Runtime } from '@madoguchi/service';
import { commandOf } from '@madoguchi/service';
import { settingsDifferences } from '../domain/settings-differences.ts';
import {
  lockSettings,
  readSettings,
  settingsRevision,
  writeSettings,
} from '../store/settings-store.ts';

const OPERATION = 'reservations.change-settings';
/** Each weekday and day once, in their order, so that the same settings look the same. */
const inOrder = (settings: ReservationSettings): ReservationSettings => ({
  ...settings,
  callingWeekdays: WEEKDAYS.filter((day) => settings.callingWeekdays.includes(day)),
  closedDays: [...new Set(settings.closedDays)].toSorted(),
});

/** Sets what the city may set. Offers that stand keep the time they were given. */
export function changeSettings(runtime: Runtime): Handler<typeof ChangeSettings> {
  return async (request, context) => {
    const reason = request.reason.trim();
    if (!isReason(reason)) return refuse('reason_too_short');
    const command = commandOf(context, OPERATION, request);
    return runtime.database.transaction(context.who, (tx) =>
      idempotent(tx, command, async () => {
        await lockSettings(tx.query);
        const after = inOrder(request.settings);
        const before = await readSettings(tx.query);
        const known = await settingsRevision(tx.query);
        const differences = settingsDifferences(before, after);
        if (differences.length === 0) return ok({ revision: known });
        if (request.revision !== known) return refuse('changed_meanwhile', { revision: known });
        const revision = known + 1;
        await writeSettings(tx.query, {
          revision,
          before,
          after,
          reason,
          changedBy: context.actor.sub,
          changedAt: runtime.clock.now(),
        });
        tx.audit({
          action: 'administration',
          operation: OPERATION,
          outcome: 'done',
          detail: { revision, members: differences.map(({ member }) => member).join(' ') },
        });
        return ok({ revision });
      }),
    );
  };
}
