import type { AnyEventType, Who } from '@madoguchi/contracts';
import type { Transaction } from '@madoguchi/database';
import { newId } from '@madoguchi/kernel';
import type { ClosedEvent, Consuming } from '@madoguchi/messaging';
import {
  consumeStream,
  durableOf,
  isPassing,
  readEvents,
  serveOperation,
} from '@madoguchi/messaging';
import type { Part, Runtime } from './define-service.ts';
import { watchJob } from './watch-job.ts';

export type Started = { stop(): Promise<void> };

function groupByOwner(events: readonly AnyEventType[]): Map<string, AnyEventType[]> {
  const groups = new Map<string, AnyEventType[]>();
  for (const event of events)
    groups.set(event.service, [...(groups.get(event.service) ?? []), event]);
  return groups;
}

/** Applies a message once: the inbox row and the effect commit together. */
async function applyOnce(
  runtime: Runtime,
  consumer: string,
  apply: { eventId: string; work: (tx: Transaction) => Promise<void> },
): Promise<void> {
  const who: Who = {
    municipalityCode: runtime.config.MUNICIPALITY_CODE,
    actorId: runtime.connection.name,
    role: 'service',
    correlationId: newId(),
  };
  await runtime.database.transaction(who, async (tx) => {
    const fresh = await tx.query(
      `INSERT INTO relay.inbox (consumer, event_id) VALUES ($1, $2)
       ON CONFLICT DO NOTHING RETURNING event_id`,
      [consumer, apply.eventId],
    );
    if (fresh.length > 0) await apply.work(tx);
  });
}

/** Opens a fact and applies it, inside the trace of the change that it tells of. */
const applyEvent = (
  part: Extract<Part, { kind: 'subscription' }>,
  runtime: Runtime,
  of: { subject: string; closed: ClosedEvent },
): Promise<void> =>
  runtime.telemetry.span(
    `consume ${of.subject}`,
    { kind: 'consumer', parent: of.closed.traceparent },
    async () => {
      const event = of.closed.open();
      await applyOnce(runtime, part.consumer, {
        eventId: event.eventId,
        work: (tx) => part.handler(event, tx),
      });
    },
  );

async function startSubscription(
  part: Extract<Part, { kind: 'subscription' }>,
  runtime: Runtime,
): Promise<Started> {
  const consuming: Consuming[] = [];
  for (const [owner, types] of groupByOwner(part.events))
    consuming.push(
      await consumeStream(runtime.connection, runtime.telemetry, {
        owner,
        durable: durableOf(runtime.connection.name, part.consumer),
        subjects: types.map((type) => type.subject),
        handle: async (message, burial) => {
          const { subject } = message;
          for (const closed of readEvents(message, types, runtime.eventKey))
            try {
              await applyEvent(part, runtime, { subject, closed });
            } catch (error) {
              // Only the poison itself is put aside; what follows it in the same message flows on.
              if (!burial.lastTry || isPassing(error)) throw error;
              runtime.telemetry.log.error(
                { subject, consumer: part.consumer, eventId: closed.eventId, err: error },
                'event goes to the dead letters',
              );
              await burial.bury(closed.eventId, error);
            }
        },
      }),
    );
  return { stop: async () => void (await Promise.all(consuming.map((one) => one.stop()))) };
}

function startJob(part: Extract<Part, { kind: 'job' }>, runtime: Runtime): Started {
  let stopping = false;
  let running = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;
  const watch = watchJob(part.name, runtime.telemetry.log);
  const turn = (): void => {
    running = part
      .run()
      .then(watch.succeeded, watch.failed)
      .finally(() => {
        if (!stopping) timer = setTimeout(turn, part.everyMs);
      });
  };
  timer = setTimeout(turn, part.everyMs);
  return {
    async stop() {
      stopping = true;
      clearTimeout(timer);
      await running;
    },
  };
}

export async function startPart(part: Part, runtime: Runtime): Promise<Started> {
  switch (part.kind) {
    case 'operation': {
      const served = serveOperation(runtime.connection, part.operation, {
        handler: part.handler,
        telemetry: runtime.telemetry,
        gate: {
          tokens: runtime.tokens,
          policy: runtime.policy,
          municipalityCode: runtime.config.MUNICIPALITY_CODE,
        },
        lanes: runtime.config.LANES,
        ...part.limits,
      });
      return { stop: () => served.drain() };
    }
    case 'subscription':
      return startSubscription(part, runtime);
    case 'signal': {
      const subscription = runtime.connection.nats.subscribe(part.subject, {
        callback: (error, message) => {
          if (!error) part.handler(message.json(), message.subject);
        },
      });
      return { stop: async () => subscription.unsubscribe() };
    }
    case 'job':
      return startJob(part, runtime);
    case 'listener':
      return part.start();
  }
}
