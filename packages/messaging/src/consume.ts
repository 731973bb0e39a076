import type { AnyEventType, PayloadOf } from '@madoguchi/contracts';
import type { Telemetry } from '@madoguchi/telemetry';
import type { ConsumerMessages, JsMsg } from '@nats-io/jetstream';
import { AckPolicy, DeliverPolicy } from '@nats-io/jetstream';
import { nanos } from '@nats-io/transport-node';
import type { Connection } from './connection.ts';
import type { EventKey, SealedPayload } from './event-key.ts';
import { streamOf } from './streams.ts';

/** One fact as it arrives. */
export type ReceivedEvent<E extends AnyEventType = AnyEventType> = {
  type: E;
  eventId: string;
  aggregateId: string;
  aggregateVersion: number;
  at: string;
  payload: PayloadOf<E>;
};

/** What becomes of a fact that cannot be applied. */
export type Burial = {
  /** Is this the last try, so that what still fails has to go to the dead letters? */
  lastTry: boolean;
  /** Puts one fact of the message aside, with the reason and its place but not what it says. */
  bury(eventId: string, error: unknown): Promise<void>;
};

export type StreamConsumer = {
  /** Service whose stream is read. */
  owner: string;
  /** Durable name, of the reading service. */
  durable: string;
  subjects: readonly string[];
  handle(message: JsMsg, burial: Burial): Promise<void>;
};

export type Consuming = { stop(): Promise<void> };

/** A consumer that died gives its message back after this long; one that lives says that it still works. */
const ACK_WAIT_MS = 5_000;
const STILL_WORKING_EVERY_MS = 1_500;
/** A handler that hangs keeps its message no longer than this: another process may do better. */
const WORKS_NO_LONGER_MS = 30_000;
const TRIES = 5;
const BACKOFF_MS = [200, 1_000, 3_000, 10_000];

/** The database being away is no fault of the message: try again for as long as it takes. */
export function isPassing(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const text = error instanceof Error ? error.message : '';
  return (
    /^(57P0|08|53|40|55P03|ECONN|EPIPE|ENOENT|P1001|P1017|P2024|P2028|P2034)/.test(code) ||
    /timeout|terminat|connect/i.test(text)
  );
}

async function toDeadLetters(
  connection: Connection,
  message: JsMsg,
  of: { error: unknown; eventId?: string },
): Promise<void> {
  const { error, eventId } = of;
  const place = `${message.info.stream}-${message.info.streamSequence}`;
  await connection.jetstream.publish(
    `dlq.${message.subject}`,
    JSON.stringify({
      subject: message.subject,
      stream: message.info.stream,
      sequence: message.info.streamSequence,
      tries: message.info.deliveryCount,
      ...(eventId === undefined ? {} : { eventId }),
      reason: error instanceof Error ? error.name : 'unknown',
    }),
    { msgID: `dlq-${place}${eventId === undefined ? '' : `-${eventId}`}`, timeout: 2_000 },
  );
}

/** Makes the durable consumer what it has to be. @returns its stream */
async function ensureConsumer(connection: Connection, spec: StreamConsumer): Promise<string> {
  const manager = await connection.manager();
  const stream = streamOf(spec.owner);
  const wanted = {
    durable_name: spec.durable,
    ack_policy: AckPolicy.Explicit,
    deliver_policy: DeliverPolicy.All,
    ack_wait: nanos(ACK_WAIT_MS),
    // One at a time: what follows waits for a message that has to be tried again, so order holds.
    max_ack_pending: 1,
    filter_subjects: [...spec.subjects],
  };
  const existing = await manager.consumers.info(stream, spec.durable).catch(() => undefined);
  await (
    existing
      ? manager.consumers.update(stream, spec.durable, wanted)
      : manager.consumers.add(stream, wanted)
  ).catch((error: unknown) => {
    throw new Error(
      `${stream} cannot be read as ${spec.durable}; is it in TRAFFIC of the contracts?`,
      { cause: error },
    );
  });
  return stream;
}

/** Says of a message that it is being worked on, until the timer is cleared. */
function keepWorking(message: JsMsg): NodeJS.Timeout {
  const until = performance.now() + WORKS_NO_LONGER_MS;
  const timer = setInterval(() => {
    try {
      if (performance.now() < until) message.working();
    } catch {
      // Without a connection it comes again.
      clearInterval(timer);
    }
  }, STILL_WORKING_EVERY_MS);
  return timer;
}

/**
 * Reads a stream with a durable consumer, one message at a time. Poison goes to the dead-letter
 * stream after five tries, with its reason and place but not its payload; what follows it flows on.
 */
export async function consumeStream(
  connection: Connection,
  telemetry: Telemetry,
  spec: StreamConsumer,
): Promise<Consuming> {
  const stream = await ensureConsumer(connection, spec);
  const process = async (message: JsMsg): Promise<void> => {
    const works = keepWorking(message);
    try {
      await spec.handle(message, {
        lastTry: message.info.deliveryCount >= TRIES,
        bury: (eventId, error) => toDeadLetters(connection, message, { error, eventId }),
      });
      message.ack();
    } catch (error) {
      const attempt = message.info.deliveryCount;
      telemetry.log.warn(
        { subject: message.subject, consumer: spec.durable, attempt, err: error },
        'event was not applied',
      );
      if (!isPassing(error) && attempt >= TRIES) {
        await toDeadLetters(connection, message, { error });
        message.term('poison');
        return;
      }
      message.nak(BACKOFF_MS[Math.min(attempt, BACKOFF_MS.length) - 1] ?? 10_000);
    } finally {
      clearInterval(works);
    }
  };

  let stopping = false;
  let messages: ConsumerMessages | undefined;
  const loop = async (): Promise<void> => {
    while (!stopping) {
      try {
        const consumer = await connection.jetstream.consumers.get(stream, spec.durable);
        messages = await consumer.consume({
          max_messages: 100,
          expires: 5_000,
          abort_on_missing_resource: true,
        });
        for await (const message of messages) {
          if (stopping) break;
          await process(message).catch((error: unknown) =>
            telemetry.log.warn({ consumer: spec.durable, err: error }, 'acknowledgement failed'),
          );
        }
      } catch (error) {
        if (stopping) return;
        telemetry.log.warn({ consumer: spec.durable, stream, err: error }, 'consumer starts again');
        await new Promise((resolve) => setTimeout(resolve, 500));
        // A stream that was lost comes back without its consumers.
        await ensureConsumer(connection, spec).catch(() => undefined);
      }
    }
  };
  const running = loop();
  return {
    async stop() {
      stopping = true;
      messages?.stop();
      await Promise.race([running, new Promise((resolve) => setTimeout(resolve, 2_000).unref())]);
    },
  };
}

type Body = {
  eventId: string;
  aggregateId: string;
  aggregateVersion: number;
  at: string;
  traceparent?: string;
  payload: { sealed: SealedPayload } | { open: unknown };
};

/** A fact of a message, still closed. */
export type ClosedEvent = {
  eventId: string;
  traceparent: string | undefined;
  /** Opens and checks it as one of the catalog; throws when it is none of the types. */
  open(): ReceivedEvent;
};

/** The facts of a message, one or several, in their order. */
export function readEvents(
  message: JsMsg,
  types: readonly AnyEventType[],
  key: EventKey,
): ClosedEvent[] {
  const body = message.json<Body | { events: Body[] }>();
  return ('events' in body ? body.events : [body]).map((one) => ({
    eventId: one.eventId,
    traceparent: one.traceparent,
    open: () => {
      const type = types.find((candidate) => candidate.subject === message.subject);
      if (!type) throw new Error(`no such event: ${message.subject}`);
      const raw =
        'sealed' in one.payload ? key.open(one.payload.sealed, message.subject) : one.payload.open;
      const { eventId, aggregateId, aggregateVersion, at } = one;
      return {
        type,
        eventId,
        aggregateId,
        aggregateVersion,
        at,
        payload: type.payload.parse(raw),
      };
    },
  }));
}
