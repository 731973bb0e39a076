import { AuditBatch, auditSubject, SERVICES } from '@madoguchi/contracts';
import { newId } from '@madoguchi/kernel';
import { consumeStream, durableOf } from '@madoguchi/messaging';
import type { Part, Runtime } from '@madoguchi/service';
import { listener } from '@madoguchi/service';
import { appendEntries, lastSeqOf } from '../store/log-store.ts';

/** Takes in what every service writes: at least once, in each writer's order, stored exactly once. */
export function receiveEntries(runtime: Runtime): Part[] {
  return SERVICES.filter((writer) => writer !== 'console').map((writer) =>
    listener(`audit-of-${writer}`, () =>
      consumeStream(runtime.connection, runtime.telemetry, {
        owner: writer,
        durable: durableOf('audit', `log-of-${writer}`),
        subjects: [auditSubject(writer)],
        handle: async (message) => {
          const { entries } = AuditBatch.parse(message.json());
          const who = {
            municipalityCode: runtime.config.MUNICIPALITY_CODE,
            actorId: 'audit',
            role: 'service' as const,
            correlationId: newId(),
          };
          await runtime.database.transaction(who, async (tx) => {
            const before = await lastSeqOf(tx.query, writer);
            const first = entries[0]?.seq ?? 0;
            if (first > before + 1)
              runtime.telemetry.log.error(
                { writer, seq: before + 1 },
                'audit entries are missing from a writer',
              );
            await appendEntries(tx.query, entries);
          });
        },
      }),
    ),
  );
}
