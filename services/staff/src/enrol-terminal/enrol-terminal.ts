import type { enrolTerminal as EnrolTerminal } from '@madoguchi/contracts';
import { ok, refuse } from '@madoguchi/kernel';
import type { Handler } from '@madoguchi/messaging';
import type { Runtime } from '@madoguchi/service';
import { digestOfSecret } from '../store/digest.ts';
import { addTerminal, useTerminalCode } from '../store/terminal-store.ts';

/** Turns a one-use code into the secret that names this terminal. */
export function enrolTerminal(runtime: Runtime): Handler<typeof EnrolTerminal> {
  return (request, context) =>
    runtime.database.transaction(context.who, async (tx) => {
      const code = request.code.trim().toUpperCase();
      const label = await useTerminalCode(tx.query, digestOfSecret(code), runtime.clock.now());
      tx.audit({
        action: 'administration',
        operation: 'staff.enrol-terminal',
        outcome: label === undefined ? 'refused' : 'done',
      });
      if (label === undefined) return refuse('terminal_code_refused');
      const terminal = await addTerminal(tx.query, label);
      return ok({ terminalId: terminal.id, terminalSecret: terminal.secret });
    });
}
