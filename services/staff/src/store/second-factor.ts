import type { EventKey, SealedPayload } from '@madoguchi/messaging';
import { Secret, TOTP } from 'otpauth';

const PERIOD_S = 30;
const subjectOf = (workerId: string): string => `staff.totp.${workerId}`;

/** Seals a time-based secret (base32) for keeping; it opens for its own worker only. */
export function sealTotpSecret(key: EventKey, workerId: string, secret: string): SealedPayload {
  return key.seal(secret, subjectOf(workerId));
}

/** The time step a code belongs to, one step early or late accepted; undefined for a wrong code. */
export function totpStepOf(
  key: EventKey,
  worker: { id: string; totpSecret: SealedPayload },
  given: { code: string; now: Date },
): number | undefined {
  const secret = String(key.open(worker.totpSecret, subjectOf(worker.id)));
  const totp = new TOTP({ secret: Secret.fromBase32(secret), period: PERIOD_S });
  const timestamp = given.now.getTime();
  const delta = totp.validate({ token: given.code.replace(/\D/g, ''), window: 1, timestamp });
  return delta === null ? undefined : Math.floor(timestamp / 1000 / PERIOD_S) + delta;
}
