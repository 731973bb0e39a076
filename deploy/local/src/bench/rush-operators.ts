import { connectNats, createCall } from '@madoguchi/messaging';
import { createTelemetry } from '@madoguchi/telemetry';
import { recordCalls } from '@madoguchi/testing/record-calls';
import { askForSlot, openLoop } from './open-loop.ts';
import type { OperatorsSetUp, OperatorsTold } from './operators-process.ts';

/** A seat that visitors ask for too, in another order. */
const STRIDE = 6_007;

/** Child of a bench: operators in a process of their own, as they are, so that nobody else's work is timed. */
async function work({ natsUrl, recordPath, callers, slots }: OperatorsSetUp) {
  const telemetry = createTelemetry({ service: 'bench', level: 'silent' });
  const connection = await connectNats({ servers: natsUrl, name: 'bench', log: telemetry.log });
  const recorder = recordCalls(recordPath, { later: true });
  const call = recorder.wrap(createCall(connection, telemetry));
  let turn = 0;
  const send = () => {
    const index = turn++;
    const caller = callers[index];
    return caller && askForSlot(call, caller, slots[(index * STRIDE) % slots.length] ?? '');
  };
  return {
    run: ({ rate, seconds }: { rate: number; seconds: number }) =>
      openLoop({ rate, seconds, tickMs: 1 }, send),
    async leave() {
      await connection.close();
      await recorder.close();
    },
  };
}

let working: ReturnType<typeof work> | undefined;
process.on('message', (told: OperatorsTold) => {
  void (async () => {
    if ('setUp' in told) {
      working = work(told.setUp);
      await working;
      process.send?.('ready');
    } else if ('rate' in told) process.send?.(await (await working)?.run(told));
    else {
      await (await working)?.leave();
      process.send?.('left', () => process.disconnect());
    }
  })();
});
