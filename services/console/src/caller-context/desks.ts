import type { ContextDocument } from '@madoguchi/contracts';
import { signalSubjects } from '@madoguchi/contracts';
import type { Runtime } from '@madoguchi/service';
import type { Subscription } from '@nats-io/transport-node';
import type { OperatorSession } from '../sessions/operator-sessions.ts';
import { Desk } from './desk.ts';

type Seat = { desk: Desk; session: OperatorSession; subscription: Subscription };

/** The desks of the operators whose sessions this console holds. */
export class Desks {
  readonly #runtime: Pick<Runtime, 'call' | 'connection' | 'telemetry'>;
  readonly #emit: (operatorId: string, document: ContextDocument) => void;
  readonly #seats = new Map<string, Seat>();

  constructor(
    runtime: Pick<Runtime, 'call' | 'connection' | 'telemetry'>,
    emit: (operatorId: string, document: ContextDocument) => void,
  ) {
    this.#runtime = runtime;
    this.#emit = emit;
  }

  /** The desk of a session; a newer session of the same person takes the desk over, empty. */
  async of(session: OperatorSession): Promise<Desk> {
    const { operatorId } = session.worker;
    const known = this.#seats.get(operatorId);
    if (known?.session.sessionId === session.sessionId) {
      known.session = session;
      return known.desk;
    }
    known?.subscription.unsubscribe();
    const desk = new Desk({
      call: this.#runtime.call,
      actorToken: () => this.#seats.get(operatorId)?.session.actorToken ?? session.actorToken,
      emit: (document) => this.#emit(operatorId, document),
    });
    const subscription = this.#runtime.connection.nats.subscribe(
      signalSubjects.operatorCase(operatorId),
      {
        callback: () => void desk.refreshCase().catch(() => undefined),
      },
    );
    this.#seats.set(operatorId, { desk, session, subscription });
    await desk.refreshCase();
    return desk;
  }

  residentTouched(residentId: string): void {
    for (const { desk } of this.#seats.values())
      void desk.loadContext((open) => open === residentId).catch(() => undefined);
  }

  caseEnded(caseId: string): void {
    for (const { desk } of this.#seats.values()) desk.caseEnded(caseId);
  }

  sessionEnded(sessionId: string): void {
    for (const [operatorId, seat] of this.#seats) {
      if (seat.session.sessionId !== sessionId) continue;
      seat.subscription.unsubscribe();
      this.#seats.delete(operatorId);
    }
  }

  /** Keeps tokens of open cases alive while operators are busy elsewhere. */
  async renewAll(): Promise<void> {
    for (const { desk } of this.#seats.values()) await desk.callContext();
  }
}
