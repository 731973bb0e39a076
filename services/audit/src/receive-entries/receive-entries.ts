import { AuditBatch, auditSubject, SERVICES } from '@madoguchi/contracts';
import { consumeStream, durableOf } from '@madoguchi/messaging';
import type { Part, Runtime } from '@madoguchi/service';
import { itself, listener } from '@madoguchi/service';
import { missingNumbers } from '../domain/missing-numbers.ts';
import { appendEntries, lastSeqsOf } from '../store/log-store.ts';

/** Takes in what every service writes: at least once, in the order of each writer's lanes, stored exactly once. */
export function receiveEntries(runtime: Runtime): Part[] {
  return SERVICES.filter((writer) => writer !== 'console').map((writer) =>
    listener(`audit-of-${writer}`, () =>
      consumeStream(runtime.connection, runtime.telemetry, {
        owner: writer,
        durable: durableOf('audit', `log-of-${writer}`),
        subjects: [auditSubject(writer)],
        handle: async (message) => {
          const { entries } = AuditBatch.parse(message.json());
          const who = itself(runtime);
          await runtime.database.transaction(who, async (tx) => {
            const lanes = [...new Set(entries.map(({ lane }) => lane))];
            const reached = await lastSeqsOf(tx.query, writer, lanes);
            for (const { lane, seq } of missingNumbers(entries, reached))
              runtime.telemetry.log.error(
                { writer, lane, seq },
                'audit entries are missing from a writer',
              );
            await appendEntries(tx.query, entries);
          });
        },
      }),
    ),
  );
}
