import type { AnyEventType, AnyOperation } from '@madoguchi/contracts';
import type { Database, PrismaLike, Transaction } from '@madoguchi/database';
import type { Clock } from '@madoguchi/kernel';
import type { Call, Connection, EventKey, Handler, ReceivedEvent } from '@madoguchi/messaging';
import type { Policy, Tokens } from '@madoguchi/policy';
import type { Telemetry } from '@madoguchi/telemetry';
import type { PrismaPg } from '@prisma/adapter-pg';
import type { z } from 'zod';
import type { BaseConfig } from './base-config.ts';

/** What a service's wiring is given. */
export type Runtime<C extends PrismaLike = PrismaLike, S extends z.ZodRawShape = z.ZodRawShape> = {
  config: BaseConfig & z.output<z.ZodObject<S>>;
  database: Database<C>;
  call: Call;
  /** An actor token of the service itself, for snapshot operations and the like. */
  ownActorToken(): Promise<string>;
  connection: Connection;
  tokens: Tokens;
  policy: Policy;
  eventKey: EventKey;
  telemetry: Telemetry;
  clock: Clock;
  /** Core NATS, at most once. */
  signal(subject: string, data: unknown): void;
};

/** Requests of an operation worked on at once, and waiting, for each lane; the house's own where absent. */
export type IntakeLimits = { concurrency?: number; waiting?: number };

/** One line of a service's wiring; each kind knows how to start and to stop. */
export type Part =
  | {
      kind: 'operation';
      operation: AnyOperation;
      handler: Handler<AnyOperation>;
      limits: IntakeLimits;
    }
  | {
      kind: 'subscription';
      consumer: string;
      events: readonly AnyEventType[];
      handler: (event: ReceivedEvent, tx: Transaction) => Promise<void>;
    }
  | { kind: 'signal'; subject: string; handler: (data: unknown, subject: string) => void }
  | { kind: 'job'; name: string; everyMs: number; run: () => Promise<void> }
  | { kind: 'listener'; name: string; start: () => Promise<{ stop(): Promise<void> }> };

/** Serves an operation of the catalog. */
export function operation<O extends AnyOperation>(
  declared: O,
  handler: Handler<O>,
  limits: IntakeLimits = {},
): Part {
  return {
    kind: 'operation',
    operation: declared,
    handler: handler as unknown as Handler<AnyOperation>,
    limits,
  };
}

/** One of several events, each with its own payload. */
type ReceivedEventOf<E extends AnyEventType> = E extends AnyEventType ? ReceivedEvent<E> : never;

/** Applies facts of other services, each exactly once, in a transaction with its inbox row. */
export function subscription<const E extends readonly AnyEventType[]>(
  consumer: string,
  events: E,
  handler: (event: ReceivedEventOf<E[number]>, tx: Transaction) => Promise<void>,
): Part {
  return { kind: 'subscription', consumer, events, handler: handler as never };
}

/** Hears a core NATS signal; never relied on for correctness. */
export function onSignal(subject: string, handler: (data: unknown, subject: string) => void): Part {
  return { kind: 'signal', subject, handler };
}

/** Work that comes back; a run that fails is logged and tried again at its next time. */
export function job(name: string, everyMs: number, run: () => Promise<void>): Part {
  return { kind: 'job', name, everyMs, run };
}

/** Something that listens on its own, an HTTP server say. */
export function listener(name: string, start: () => Promise<{ stop(): Promise<void> }>): Part {
  return { kind: 'listener', name, start };
}

export type ServiceDefinition<C extends PrismaLike, S extends z.ZodRawShape> = {
  name: string;
  /** The service's own configuration beside the base one; units in names. */
  config: S;
  /** Absent for a service that owns no data. */
  prisma?: {
    directory: URL;
    client: (adapter: PrismaPg) => C;
    /** Settings of PostgreSQL that its statements rely on, by name. */
    settings?: Readonly<Record<string, string>>;
  };
  wire(runtime: Runtime<C, S>): Part[] | Promise<Part[]>;
};

export type Service = ServiceDefinition<PrismaLike, z.ZodRawShape>;

export function defineService<C extends PrismaLike, S extends z.ZodRawShape>(
  definition: ServiceDefinition<C, S>,
): Service {
  return definition;
}
