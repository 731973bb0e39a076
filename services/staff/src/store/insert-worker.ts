import type { addWorker as AddWorker, RequestOf } from '@madoguchi/contracts';
import type { Transaction } from '@madoguchi/database';
import type { Refusal, Result } from '@madoguchi/kernel';
import { newId, ok, refuse } from '@madoguchi/kernel';
import type { EventKey } from '@madoguchi/messaging';
import { hash } from '@node-rs/argon2';
import { Secret } from 'otpauth';
import { newSecret } from './digest.ts';
import { sealTotpSecret } from './second-factor.ts';

type NewWorker = RequestOf<typeof AddWorker> & { password?: string };
type Added = { operatorId: string; initialPassword: string; totpSecret: string };

async function organisationId(tx: Transaction, name: string): Promise<string> {
  const [known] = await tx.query<{ id: string }>(`SELECT id FROM organisation WHERE name = $1`, [
    name,
  ]);
  if (known) return known.id;
  const id = newId();
  // Round the clock and without end until the city enters the contract's terms.
  await tx.query(
    `INSERT INTO organisation (id, name, hours_from, hours_to, contract_from, contract_to)
     VALUES ($1::uuid, $2, '00:00', '24:00', '2000-01-01', '2999-12-31')`,
    [id, name],
  );
  return id;
}

/** Adds a worker; the password and the code secret are given once and never again. */
export async function insertWorker(
  tx: Transaction,
  eventKey: EventKey,
  worker: NewWorker,
): Promise<Result<Added, Refusal<'login_taken' | 'extension_in_use'>>> {
  const login = worker.login.toLowerCase();
  const clash = await tx.query<{ login: string }>(
    `SELECT login FROM worker WHERE login = $1 OR extension = $2`,
    [login, worker.extension ?? null],
  );
  if (clash.some((row) => row.login === login)) return refuse('login_taken');
  if (clash.length > 0) return refuse('extension_in_use');
  const operatorId = newId();
  const initialPassword = worker.password ?? newSecret().slice(0, 20);
  const totpSecret = new Secret({ size: 20 }).base32;
  await tx.query(
    `INSERT INTO worker (id, login, display_name, role, organisation_id, extension, password_hash, totp_secret)
     VALUES ($1::uuid, $2, $3, $4, $5::uuid, $6, $7, $8::jsonb)`,
    [
      operatorId,
      login,
      worker.displayName,
      worker.role,
      await organisationId(tx, worker.organisation),
      worker.extension ?? null,
      await hash(initialPassword),
      JSON.stringify(sealTotpSecret(eventKey, operatorId, totpSecret)),
    ],
  );
  tx.audit({
    action: 'administration',
    operation: 'staff.add-worker',
    outcome: 'done',
    detail: { operatorId, role: worker.role },
  });
  return ok({ operatorId, initialPassword, totpSecret });
}
