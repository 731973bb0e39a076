import type { MsgHdrs } from '@nats-io/transport-node';
import { headers } from '@nats-io/transport-node';

/** Header names on an operation. None of them ever carries personal data. */
export const HEADER = {
  actor: 'Md-Actor',
  permit: 'Md-Case',
  grant: 'Md-Grant',
  idempotencyKey: 'Md-Idempotency-Key',
  deadline: 'Md-Deadline',
  correlation: 'Md-Correlation',
  traceparent: 'traceparent',
} as const;

export function headersOf(
  values: Partial<Record<keyof typeof HEADER, string | undefined>>,
): MsgHdrs {
  const list = headers();
  for (const [name, value] of Object.entries(values))
    if (value !== undefined) list.set(HEADER[name as keyof typeof HEADER], value);
  return list;
}
