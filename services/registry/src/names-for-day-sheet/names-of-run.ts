import type {
  FieldClassVisibility,
  namesForDaySheet,
  PersonForList,
  RequestOf,
  Who,
} from '@madoguchi/contracts';
import { daySheetSelection } from '@madoguchi/contracts';
import type { Database } from '@madoguchi/database';
import type { Result } from '@madoguchi/kernel';
import { ok } from '@madoguchi/kernel';
import type { Policy } from '@madoguchi/policy';
import { setAside } from '../store/addressees.ts';
import type { NotApproved } from '../store/approval-store.ts';
import { notApproved, useSelectionApproval } from '../store/approval-store.ts';
import type { PersonOnRegister } from '../store/people-for-list.ts';
import { peopleForList } from '../store/people-for-list.ts';

export const OPERATION = 'registry.names-for-day-sheet';

export type NamesWanted = {
  database: Database;
  who: Who;
  policy: Policy;
  now: Date;
  request: RequestOf<typeof namesForDaySheet>;
  /** Who must have asked for the approval; absent where the administrator runs a command. */
  requestedBy?: string;
};

/** The sheet is read at the venue, whoever prints it: what its staff may see there, and no more. */
function venueSees(policy: Policy, now: Date): FieldClassVisibility {
  return policy.decideFieldClasses({
    actor: {
      role: 'venue-staff',
      terminalEnrolled: true,
      withinHours: true,
      policyVersion: policy.version,
    },
    purpose: 'venue-day',
    hasGrant: true,
    residentProtected: false,
    approvedBySecondPerson: true,
    now,
  });
}

const shown = (person: PersonOnRegister, sees: FieldClassVisibility): PersonForList => ({
  residentId: person.residentId,
  ...(sees.name === 'show' ? { name: person.name, nameKana: person.nameKana } : {}),
  ...(sees.birth === 'show' ? { dateOfBirth: person.dateOfBirth } : {}),
});

/**
 * Names of people on a day sheet, under an approval of exactly this selection. Protected people and those
 * who are no residents on the day are absent alike; where they stand on no sheet, the protected wait in the
 * queue of the desk.
 */
export async function namesOfRun(
  wanted: NamesWanted,
): Promise<Result<{ people: PersonForList[] }, NotApproved>> {
  const { database, who, policy, now, request, requestedBy } = wanted;
  const { approvalId, runId, venueCode, day, residentIds } = request;
  const selection = daySheetSelection(venueCode, day);
  return database.transaction({ ...who, purpose: 'venue-day' }, async (tx) => {
    const approved = await useSelectionApproval(tx.query, {
      approvalId,
      selection,
      runId,
      now,
      ...(requestedBy === undefined ? {} : { requestedBy }),
    });
    const entry = { operation: OPERATION, detail: { approvalId, selection, runId } };
    if (!approved) {
      tx.audit({ ...entry, action: 'refusal', outcome: 'refused', residents: [...residentIds] });
      return notApproved(tx.query, approvalId);
    }
    const { municipalityCode } = who;
    const found = await peopleForList(tx.query, { municipalityCode, day }, residentIds);
    const aside = found.filter((one) => one.protected).map((one) => one.residentId);
    const open = found.filter((one) => !one.protected);
    const sees = venueSees(policy, now);
    if (aside.length > 0 && request.leftOut) {
      await setAside(tx.query, runId, { ids: aside, now });
      tx.audit({ ...entry, action: 'change', outcome: 'done', residents: aside });
    }
    if (open.length > 0)
      tx.audit({
        ...entry,
        action: 'print',
        outcome: 'done',
        residents: open.map((one) => one.residentId),
        fieldClasses: (['name', 'birth'] as const).filter((one) => sees[one] === 'show'),
      });
    return ok({ people: open.map((one) => shown(one, sees)) });
  });
}
