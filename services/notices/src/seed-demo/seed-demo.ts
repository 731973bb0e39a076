import type { ResidentCopy } from '@madoguchi/contracts';
import { snapshotResidents } from '@madoguchi/contracts';
import type { CalendarDate } from '@madoguchi/kernel';
import { addDays, newId, tokyoDate, withinAge } from '@madoguchi/kernel';
import type { Runtime } from '@madoguchi/service';
import { issueTickets } from '../store/issue-tickets.ts';

type DemoRuntime = Pick<Runtime, 'database' | 'clock' | 'config' | 'call' | 'ownActorToken'>;

/** The demo's rule for who had a first dose already; health-records seeds doses by the same rule. */
const nextDoseOf = (resident: ResidentCopy, today: CalendarDate): number =>
  resident.residentId.endsWith('0') &&
  !resident.refer &&
  withinAge(resident.dateOfBirth as CalendarDate, addDays(today, -30), { from: 12 })
    ? 2
    : 1;

/**
 * One live ticket for each invented resident of today, for the local demo. Residents come from the
 * registry's snapshot; those who have a ticket are left out, so it may be called at every start.
 * @param options.onProgress called with the number of residents dealt with so far
 */
export async function issueDemoTickets(
  runtime: DemoRuntime,
  options: { onProgress?: (residents: number) => void } = {},
): Promise<{ issued: number; leftOut: number }> {
  const { database, clock, config } = runtime;
  const today = tokyoDate(clock.now());
  const who = {
    municipalityCode: config.MUNICIPALITY_CODE,
    actorId: 'local-runner',
    role: 'service' as const,
    correlationId: newId(),
  };
  const sum = { issued: 0, leftOut: 0 };
  let seen = 0;
  let after: string | undefined;
  do {
    const page = await runtime.call(snapshotResidents, after === undefined ? {} : { after }, {
      actorToken: await runtime.ownActorToken(),
    });
    if (!page.ok) throw new Error(`residents for the demo: ${page.refusal.code}`);
    const wanted = page.value.residents.map((resident) => ({
      residentId: resident.residentId,
      doseNumber: nextDoseOf(resident, today),
    }));
    const done = await issueTickets({ database, clock, who }, wanted);
    sum.issued += done.issued;
    sum.leftOut += done.leftOut;
    seen += wanted.length;
    options.onProgress?.(seen);
    after = page.value.next;
  } while (after !== undefined);
  return sum;
}
