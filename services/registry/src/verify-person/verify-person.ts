import type { verifyPerson as VerifyPerson } from '@madoguchi/contracts';
import { ok } from '@madoguchi/kernel';
import type { Handler } from '@madoguchi/messaging';
import type { Runtime } from '@madoguchi/service';
import { verifyItems } from './verify-items.ts';

/** Compares what a caller says with the register; never shows it. */
export function verifyPerson(runtime: Runtime): Handler<typeof VerifyPerson> {
  return (request, context) =>
    verifyItems<never>(runtime, request, { context, allowed: async () => ok(true) });
}
