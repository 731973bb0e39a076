import type { residencyOn as ResidencyOn } from '@madoguchi/contracts';
import type { CalendarDate } from '@madoguchi/kernel';
import { ok, refuse, tokyoDate } from '@madoguchi/kernel';
import type { Handler } from '@madoguchi/messaging';
import type { Runtime } from '@madoguchi/service';
import { wasResident } from '../domain/residency.ts';
import { residencyEvents } from '../store/residency-store.ts';
import { birthOf } from '../store/restriction-store.ts';

const OPERATION = 'registry.residency-on';

/** Was this person a resident here on that day, as far as we knew then, and as far as we know now? */
export function residencyOn(runtime: Runtime): Handler<typeof ResidencyOn> {
  return async (request, context) => {
    const { grant } = context;
    if (!grant) return refuse('grant_required');
    const { residentId } = request;
    const today = tokyoDate(runtime.clock.now());
    const knownOn = (request.knownOn ?? today) as CalendarDate;
    const on = request.on as CalendarDate;
    // Who may only see whether somebody lives here today is told of no other day.
    const { residency } = grant.classes;
    const onlyToday = residency !== 'show';
    if (residency === 'none' || (onlyToday && (on !== today || knownOn !== today)))
      return refuse('purpose_not_allowed');
    return runtime.database.transaction(context.who, async (tx) => {
      const person = await birthOf(tx.query, runtime.config.MUNICIPALITY_CODE, residentId);
      const entry = { operation: OPERATION, residents: [residentId] };
      // Someone who became protected since the grant was signed is nobody to it.
      if (!person || (person.protected && grant.approvalId === undefined)) {
        tx.audit({ ...entry, action: 'refusal', outcome: 'refused' });
        return refuse('not_found');
      }
      const events = (await residencyEvents(tx.query, [residentId])).get(residentId) ?? [];
      const asKnown = (day: CalendarDate): boolean =>
        wasResident(events, { birth: person.birth, on, knownOn: day });
      tx.audit({
        ...entry,
        action: 'disclosure',
        outcome: 'done',
        fieldClasses: ['residency'],
        detail: { on, knownOn },
      });
      return ok({
        on,
        knownOn,
        residentAsKnownThen: asKnown(knownOn),
        residentAsKnownNow: asKnown(today),
      });
    });
  };
}
