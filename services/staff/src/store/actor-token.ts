import { TOKEN_LIFETIME_MS } from '@madoguchi/contracts';
import { tokyoDate } from '@madoguchi/kernel';
import type { Runtime } from '@madoguchi/service';
import { venuesOn } from '../domain/venue-assignment.ts';
import { withinHours } from '../domain/working-hours.ts';
import type { SessionRow } from './session-store.ts';
import type { WorkerRow } from './worker-store.ts';

/** Where somebody of a venue works today; nothing is said of who was never assigned to one. */
const venuesToday = ({ venues }: WorkerRow, now: Date): { venueCodes?: string[] } =>
  venues.length === 0 ? {} : { venueCodes: venuesOn(venues, tokyoDate(now)) };

/** Signs who acts, as things stand now; whoever renews it gets what has changed. */
export async function actorTokenOf(
  runtime: Pick<Runtime, 'tokens' | 'policy' | 'config' | 'clock'>,
  worker: WorkerRow,
  session: Pick<SessionRow, 'id' | 'terminalId' | 'extension' | 'stepUpAt'>,
): Promise<{ actorToken: string; actorExpiresAt: string }> {
  const now = runtime.clock.now();
  const { token, expiresAt } = await runtime.tokens.sign(
    'actor',
    {
      sub: worker.id,
      role: worker.role,
      municipalityCode: runtime.config.MUNICIPALITY_CODE,
      organisation: worker.organisation,
      sessionId: session.id,
      terminalId: session.terminalId,
      terminalEnrolled: true,
      withinHours: withinHours(worker, now),
      policyVersion: runtime.policy.version,
      ...venuesToday(worker, now),
      ...(session.extension === null ? {} : { extension: session.extension }),
      ...(session.stepUpAt === null
        ? {}
        : { stepUpAt: Math.floor(session.stepUpAt.getTime() / 1000) }),
    },
    TOKEN_LIFETIME_MS.actor,
  );
  return { actorToken: token, actorExpiresAt: expiresAt.toISOString() };
}

export function workerView(worker: WorkerRow, extension: string | null, now: Date) {
  return {
    operatorId: worker.id,
    login: worker.login,
    displayName: worker.displayName,
    role: worker.role,
    organisation: worker.organisation,
    ...(extension === null ? {} : { extension }),
    ...venuesToday(worker, now),
  };
}
