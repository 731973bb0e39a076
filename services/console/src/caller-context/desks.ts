import type { ContextDocument } from '@madoguchi/contracts';
import { signalSubjects } from '@madoguchi/contracts';
import type { Runtime } from '@madoguchi/service';
import type { Subscription } from '@nats-io/transport-node';
import type { OperatorSession, OperatorSessions } from '../sessions/operator-sessions.ts';
import { Desk } from './desk.ts';

type DesksRuntime = Pick<Runtime, 'call' | 'clock' | 'connection'>;
type Seat = { desk: Desk; session: OperatorSession; subscription: Subscription };

/** The desks of the operators whose sessions this console holds. */
export class Desks {
  readonly #runtime: DesksRuntime;
  readonly #sessions: OperatorSessions;
  readonly #emit: (operatorId: string, document: ContextDocument) => void;
  readonly #seats = new Map<string, Seat>();

  constructor(options: {
    runtime: DesksRuntime;
    sessions: OperatorSessions;
    emit: (operatorId: string, document: ContextDocument) => void;
  }) {
    this.#runtime = options.runtime;
    this.#sessions = options.sessions;
    this.#emit = options.emit;
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
      actorToken: () => this.#actorToken(this.#seats.get(operatorId)?.session ?? session),
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

  /** Keeps tokens of open cases alive while operators are busy elsewhere; idle desks may run out. */
  async renewAll(): Promise<void> {
    for (const { desk } of this.#seats.values())
      if (desk.document().case) await desk.callContext().catch(() => undefined);
  }

  async #actorToken(session: OperatorSession): Promise<string> {
    const fresh = await this.#sessions.keepFresh(session, this.#runtime.clock.now());
    const seat = this.#seats.get(fresh.worker.operatorId);
    if (seat?.session.sessionId === fresh.sessionId) seat.session = fresh;
    return fresh.actorToken;
  }
}
