import type { z } from 'zod';

export type EventDeclaration<Payload extends z.ZodType> = {
  service: string;
  aggregate: string;
  fact: string;
  summary: string;
  payload: Payload;
  /** Payloads with personal data (birth date, residency, numbers) travel encrypted. */
  encrypted: boolean;
};

/** A fact, published through the outbox to JetStream. */
export type EventType<Payload extends z.ZodType = z.ZodType> = Readonly<
  EventDeclaration<Payload>
> & { readonly subject: string; readonly version: 1 };

// `any` because an event is invariant in its payload, and lists hold all of them.
export type AnyEventType = EventType<any>;
export type PayloadOf<E extends AnyEventType> = z.output<E['payload']>;

/** One occurrence to be recorded in the transaction that makes it true. */
export type EventToRecord<E extends AnyEventType = AnyEventType> = {
  type: E;
  aggregateId: string;
  /** Version of the aggregate; order holds per aggregate by this number. */
  aggregateVersion: number;
  payload: PayloadOf<E>;
};

export function defineEvent<Payload extends z.ZodType>(
  declaration: EventDeclaration<Payload>,
): EventType<Payload> {
  const { service, aggregate, fact } = declaration;
  return { ...declaration, version: 1, subject: `ev.${service}.${aggregate}.${fact}.v1` };
}
