import type { AnyEventType, AnyOperation } from '@madoguchi/contracts';
import { EVENTS, openToPublic, OPERATIONS, subjectFor } from '@madoguchi/contracts';
import { z } from 'zod';

const schemaOf = (schema: z.ZodType, io: 'input' | 'output'): unknown => {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { unrepresentable: 'any', io });
  return rest;
};

const idOf = (subject: string): string => subject.replaceAll(/[^A-Za-z0-9]/gu, '_');

function operationChannel(operation: AnyOperation) {
  return {
    address: operation.subject,
    title: operation.summary,
    messages: {
      request: { payload: schemaOf(operation.request, 'input') },
      reply: { payload: schemaOf(operation.reply, 'output') },
    },
    'x-allow': operation.allow,
    'x-needs': operation.needs,
    'x-refusals': operation.refusals,
    'x-time-limit-ms': operation.timeLimitMs,
    ...(openToPublic(operation) ? { 'x-public-address': subjectFor(operation, 'public') } : {}),
  };
}

function eventChannel(event: AnyEventType) {
  return {
    address: event.subject,
    title: event.summary,
    messages: { fact: { payload: schemaOf(event.payload, 'output') } },
    'x-encrypted': event.encrypted,
  };
}

const ref = (subject: string, message: string) => ({
  $ref: `#/channels/${idOf(subject)}/messages/${message}`,
});

/** AsyncAPI 3 of everything services say to each other, from the catalog. */
export function asyncApi() {
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'Madoguchi services',
      version: '1.0.0',
      description:
        'Operations are NATS request/reply, events are JetStream. Subjects and headers carry no personal data.',
    },
    channels: Object.fromEntries<{ address: string }>([
      ...OPERATIONS.map((one) => [idOf(one.subject), operationChannel(one)] as const),
      ...EVENTS.map((one) => [idOf(one.subject), eventChannel(one)] as const),
    ]),
    operations: Object.fromEntries([
      ...OPERATIONS.map(({ subject }) => [
        idOf(subject),
        {
          action: 'receive',
          channel: { $ref: `#/channels/${idOf(subject)}` },
          messages: [ref(subject, 'request')],
          reply: {
            channel: { $ref: `#/channels/${idOf(subject)}` },
            messages: [ref(subject, 'reply')],
          },
        },
      ]),
      ...EVENTS.map(({ subject }) => [
        idOf(subject),
        {
          action: 'send',
          channel: { $ref: `#/channels/${idOf(subject)}` },
          messages: [ref(subject, 'fact')],
        },
      ]),
    ]),
  };
}
