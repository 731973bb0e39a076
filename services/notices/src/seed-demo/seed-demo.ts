import type { Runtime } from '@madoguchi/service';
import { newId } from '@madoguchi/kernel';
import { issueTickets } from '../issue-tickets/issue-tickets.ts';

/**
 * Tickets for invented residents, one live ticket each, for the local demo. Residents who have one
 * already are left out, so it may be called at every start.
 * @param nextDoseOf dose that a resident's ticket is for; 1 where absent
 */
export async function seedDemoTickets(
  runtime: Pick<Runtime, 'database' | 'clock' | 'config'>,
  residentIds: readonly string[],
  options: { nextDoseOf?: ReadonlyMap<string, number>; onProgress?: (done: number) => void } = {},
): Promise<{ issued: number; leftOut: number }> {
  const { database, clock, config } = runtime;
  const who = {
    municipalityCode: config.MUNICIPALITY_CODE,
    actorId: 'local-runner',
    role: 'service' as const,
    correlationId: newId(),
  };
  const wanted = residentIds.map((residentId) => ({
    residentId,
    doseNumber: options.nextDoseOf?.get(residentId) ?? 1,
  }));
  return issueTickets({ database, clock, who }, wanted, options.onProgress);
}
