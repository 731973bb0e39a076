import type {
  recordTelephoneEvent as RecordTelephoneEvent,
  TelephoneEvent,
} from '@madoguchi/contracts';
import { signalSubjects } from '@madoguchi/contracts';
import type { Transaction } from '@madoguchi/database';
import { newId, ok } from '@madoguchi/kernel';
import type { Handler } from '@madoguchi/messaging';
import type { Runtime } from '@madoguchi/service';
import { CASE_TRANSITIONS } from '../domain/case-state.ts';
import { beginCall, foldEvent } from '../domain/telephone-call.ts';
import type { CallRow } from '../store/call-store.ts';
import {
  findCallByKey,
  findLiveCallOfNumber,
  lockKey,
  rememberKey,
  saveCall,
} from '../store/call-store.ts';
import type { CaseRow } from '../store/case-store.ts';
import { casesOfCall, beginCase, setCaseState } from '../store/case-store.ts';
import { operatorAt } from '../store/desk-sessions.ts';

/** A call lasts no longer than this; an older one of the same number is another call. */
const LONGEST_CALL_MS = 4 * 3_600_000;

type Touched = { caseId: string; operatorId: string; version: number };

async function callOf(tx: Transaction, event: TelephoneEvent, now: Date): Promise<CallRow> {
  const keys = [event.callKey, event.originalCallKey].filter((key) => key !== undefined);
  const known = await findCallByKey(tx.query, keys);
  if (known) return { ...foldEvent(known, event), id: known.id };
  const fresh = beginCall(event);
  const sameNumber =
    event.kind !== 'ringing' && fresh.fromNumber !== undefined
      ? await findLiveCallOfNumber(
          tx.query,
          fresh.fromNumber,
          new Date(now.getTime() - LONGEST_CALL_MS),
        )
      : undefined;
  return sameNumber
    ? { ...foldEvent(sameNumber, event), id: sameNumber.id }
    : { ...fresh, id: newId() };
}

/** The operator who talks gets a case; whoever talked before is left to wrap theirs up. */
async function casesFollow(tx: Transaction, call: CallRow, now: Date): Promise<Touched[]> {
  const cases = await casesOfCall(tx.query, call.id);
  const operatorId =
    call.extension === undefined ? undefined : await operatorAt(tx.query, call.extension);
  const touched: Touched[] = [];
  const move = async (row: CaseRow, change: 'answer' | 'hang-up'): Promise<void> => {
    const next = CASE_TRANSITIONS[row.state][change];
    if (next === undefined) return;
    if (next !== row.state) await setCaseState(tx.query, row.id, next);
    touched.push({
      caseId: row.id,
      operatorId: row.takenBy ?? row.operatorId,
      version: row.version + 1,
    });
  };
  for (const row of cases) {
    const stillTalks =
      call.state !== 'ended' && (operatorId === undefined || row.operatorId === operatorId);
    if (!stillTalks) await move(row, 'hang-up');
    else if (call.state === 'talking') await move(row, 'answer');
    else touched.push({ caseId: row.id, operatorId: row.operatorId, version: row.version });
  }
  if (operatorId === undefined || call.state === 'ended') return touched;
  if (cases.some((row) => row.operatorId === operatorId)) return touched;
  const caseId = newId();
  const state = call.state === 'talking' ? 'open' : 'ringing';
  await beginCase(tx, {
    id: caseId,
    kind: 'call',
    state,
    operatorId,
    callId: call.id,
    openedAt: now,
  });
  tx.audit({
    action: 'case',
    operation: 'calls.record-telephone-event',
    outcome: 'done',
    detail: { caseId, operatorId, opened: true },
  });
  return [...touched, { caseId, operatorId, version: 1 }];
}

/** Folds one telephone event into its call: any order, duplicates, missing fields, other ids. */
export function recordTelephoneEvent(runtime: Runtime): Handler<typeof RecordTelephoneEvent> {
  return async (event, context) => {
    const now = runtime.clock.now();
    const { callId, touched } = await runtime.database.transaction(context.who, async (tx) => {
      await lockKey(tx.query, event.originalCallKey ?? event.callKey);
      const call = await callOf(tx, event, now);
      await saveCall(tx.query, call, now);
      await rememberKey(tx.query, event.callKey, call.id);
      return { callId: call.id, touched: await casesFollow(tx, call, now) };
    });
    for (const { operatorId, caseId, version } of touched)
      runtime.signal(signalSubjects.operatorCase(operatorId), { caseId, version });
    const last = touched.at(-1);
    return ok({ callId, ...(last ? { caseId: last.caseId } : {}) });
  };
}
