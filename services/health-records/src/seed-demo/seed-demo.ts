import { snapshotResidents } from '@madoguchi/contracts';
import type { CalendarDate } from '@madoguchi/kernel';
import { addDays, newId, tokyoDate, withinAge } from '@madoguchi/kernel';
import type { Runtime } from '@madoguchi/service';
import type { Dose } from '../domain/dose.ts';
import { recordDoses } from '../store/record-doses.ts';

/** The invented product of the demo's autumn programme. */
const PRODUCT = { productCode: 'MDG-XA', productName: '秋冬ワクチンXA(架空)' };
const VENUES = ['タワーホール船堀', '小岩区民館', '葛西区民館', '小松川クリニック'] as const;

/** The demo's rule for who had a dose already; notices seeds tickets for the second dose by the same rule. */
const hadFirstDose = (residentId: string): boolean => residentId.endsWith('0');

/** Some of them too recent for a second dose, so that the refusal can be seen. */
function demoDose(residentId: string, today: CalendarDate): Dose {
  const digits = Number.parseInt(residentId.slice(-3, -1), 16);
  return {
    residentId,
    doseNumber: 1,
    vaccinationDate: addDays(today, -(8 + (digits % 21))),
    ...PRODUCT,
    venueName: VENUES[digits % VENUES.length] ?? null,
    lotNumber: `XA${String(1000 + (digits % 40))}`,
  };
}

/**
 * First doses for about one invented resident in sixteen, for the local demo. Residents come from the
 * registry's snapshot; may be called at every start.
 */
export async function seedDemoDoses(
  runtime: Pick<Runtime, 'database' | 'clock' | 'config' | 'call' | 'ownActorToken'>,
  options: { onProgress?: (residents: number) => void } = {},
): Promise<{ doses: number }> {
  const { database, clock, config } = runtime;
  const today = tokyoDate(clock.now());
  const who = {
    municipalityCode: config.MUNICIPALITY_CODE,
    actorId: 'local-runner',
    role: 'service' as const,
    correlationId: newId(),
  };
  const [taken] = await database.transaction(who, (tx) => tx.query(`SELECT 1 FROM dose LIMIT 1`));
  if (taken) return { doses: 0 };
  let seen = 0;
  let doses = 0;
  let after: string | undefined;
  do {
    const page = await runtime.call(snapshotResidents, after === undefined ? {} : { after }, {
      actorToken: await runtime.ownActorToken(),
    });
    if (!page.ok) throw new Error(`residents for the demo: ${page.refusal.code}`);
    const chosen = page.value.residents.filter(
      (resident) =>
        hadFirstDose(resident.residentId) &&
        !resident.refer &&
        withinAge(resident.dateOfBirth as CalendarDate, addDays(today, -30), { from: 12 }),
    );
    const given = chosen.map((resident) => demoDose(resident.residentId, today));
    doses += (await recordDoses({ database, who }, given)).added;
    seen += page.value.residents.length;
    options.onProgress?.(seen);
    after = page.value.next;
  } while (after !== undefined);
  return { doses };
}
