import { readFile } from 'node:fs/promises';
import type { RequestOf, addWorker } from '@madoguchi/contracts';
import { addWorker as addWorkerOperation, assignVenues } from '@madoguchi/contracts';
import type { PrismaClient } from '@madoguchi/staff/generated/client';
import { staff } from '@madoguchi/staff/service';
import { digestOfSecret, newSpokenCode } from '@madoguchi/staff/store/digest';
import { addTerminalCode } from '@madoguchi/staff/store/terminal-store';
import { insertWorker } from '@madoguchi/staff/store/insert-worker';
import { setVenues } from '@madoguchi/staff/store/set-venues';
import { suspendWorker } from '@madoguchi/staff/workers/disable-worker';
import { roster } from '@madoguchi/staff/store/roster';
import { Secret, TOTP } from 'otpauth';
import type { ZodError } from 'zod';
import { openHomeInUse } from '../start/home.ts';
import { CommandRefused, refusedBecause, report, WrongUsage } from './outcome.ts';
import { withService } from './open-service.ts';

type Json = { json?: boolean };
const CODE_LIFETIME_MS = 24 * 3_600_000;

const faultsOf = (error: ZodError): string =>
  error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; ');

/** `staff list`: the roster. */
export async function listStaffCommand(options: Json): Promise<void> {
  const workers = await withService(staff, ({ database }) =>
    roster(database.prisma as PrismaClient, new Date()),
  );
  report(
    options.json === true,
    { workers },
    workers.map(
      (one) =>
        `${one.login.padEnd(14)} ${one.role.padEnd(20)} ${one.active ? 'active  ' : 'disabled'} ${one.displayName}`,
    ),
  );
}

export type NewWorkerOptions = Json & {
  name: string;
  role: string;
  organisation: string;
  extension?: string;
};

/** `staff add LOGIN`: the password and code secret are printed once. */
export async function addStaffCommand(login: string, options: NewWorkerOptions): Promise<void> {
  const { name, role, organisation, extension } = options;
  const wanted = addWorkerOperation.request.safeParse({
    login,
    displayName: name,
    role,
    organisation,
    extension,
  });
  if (!wanted.success) throw new WrongUsage(faultsOf(wanted.error));
  const worker: RequestOf<typeof addWorker> = wanted.data;
  const added = await withService(staff, ({ database, who, eventKey }) =>
    database.transaction(who, (tx) => insertWorker(tx, eventKey, worker)),
  );
  if (!added.ok) throw refusedBecause(added.refusal, login);
  const { initialPassword, totpSecret } = added.value;
  report(options.json === true, added.value, [
    `${login} added. Password: ${initialPassword}  Code secret: ${totpSecret}`,
    'Hand them over now; they are not shown again.',
  ]);
}

/** `staff disable LOGIN`: sessions end with it. */
export async function disableStaffCommand(login: string, options: Json): Promise<void> {
  const done = await withService(staff, ({ database, who }) =>
    database.transaction(who, (tx) => suspendWorker(tx, login, new Date())),
  );
  if (!done) throw refusedBecause({ code: 'worker_not_found' }, login);
  report(options.json === true, { login, endedSessions: done.ended.length }, [
    `${login} is disabled; ${done.ended.length} sessions ended.`,
  ]);
}

export type VenueOptions = Json & { from?: string; to?: string; none?: boolean };

/** `staff venues LOGIN CODE…`: where somebody of a venue works; `--none`, nowhere. */
export async function assignVenuesCommand(
  login: string,
  venueCodes: string[],
  options: VenueOptions,
): Promise<void> {
  const { from, to, none = false } = options;
  // A code that was forgotten must not take somebody away from their venues.
  if (none === venueCodes.length > 0)
    throw new WrongUsage('Name the codes of the venues, or --none for no venue any more.');
  const wanted = assignVenues.request.safeParse({ login, venueCodes, from, to });
  if (!wanted.success) throw new WrongUsage(faultsOf(wanted.error));
  const done = await withService(staff, ({ database, who }) =>
    database.transaction(who, (tx) => setVenues(tx, wanted.data, new Date())),
  );
  if (!done.ok) throw refusedBecause(done.refusal, login);
  report(options.json === true, { login, venueCodes }, [
    venueCodes.length === 0
      ? `${login} works at no venue.`
      : `${login} works at ${venueCodes.join(', ')}; who is signed in has it within five minutes.`,
  ]);
}

/** `terminal code LABEL`: a one-use code to enrol a terminal within a day. */
export async function terminalCodeCommand(label: string, options: Json): Promise<void> {
  const code = newSpokenCode();
  const expiresAt = new Date(Date.now() + CODE_LIFETIME_MS);
  await withService(staff, ({ database, who }) =>
    database.transaction(who, async (tx) => {
      await addTerminalCode(tx.query, { digest: digestOfSecret(code), label, expiresAt });
      tx.audit({
        action: 'administration',
        operation: 'staff.create-terminal-code',
        outcome: 'done',
      });
    }),
  );
  report(options.json === true, { code, expiresAt: expiresAt.toISOString() }, [
    `${code} (until ${expiresAt.toISOString()})`,
  ]);
}

/** `code LOGIN`: the present six digits of a demo sign-in, where no authenticator is at hand. */
export async function demoCodeCommand(login: string): Promise<void> {
  const home = await openHomeInUse(process.env);
  const demo = JSON.parse(await readFile(home.path('demo.json'), 'utf8')) as {
    signIns: { login: string; totpSecret: string }[];
  };
  const found = demo.signIns.find((one) => one.login === login);
  if (!found) throw new CommandRefused(`demo.json has no sign-in ${login}.`);
  process.stdout.write(`${new TOTP({ secret: Secret.fromBase32(found.totpSecret) }).generate()}\n`);
}
