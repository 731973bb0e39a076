import { newId } from '@madoguchi/kernel';
import type { Runtime } from '@madoguchi/service';
import { issueTickets } from './issue-tickets.ts';

/** A live ticket for each of these residents, as an import would give it. */
export function giveTickets(
  runtime: Pick<Runtime, 'database' | 'clock' | 'config'>,
  residentIds: readonly string[],
  doseNumber = 1,
) {
  const who = {
    municipalityCode: runtime.config.MUNICIPALITY_CODE,
    actorId: 'test',
    role: 'service' as const,
    correlationId: newId(),
  };
  const wanted = residentIds.map((residentId) => ({ residentId, doseNumber }));
  return issueTickets({ database: runtime.database, clock: runtime.clock, who }, wanted);
}
