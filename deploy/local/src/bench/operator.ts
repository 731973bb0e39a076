import { randomUUID } from 'node:crypto';
import type { ContextDocument } from '@madoguchi/contracts';
import { Secret, TOTP } from 'otpauth';
import { io } from 'socket.io-client';

export type Caller = {
  name: string;
  nameKana: string;
  dateOfBirth: string;
  address: string;
  telephone: string;
};
type Person = { login: string; password: string; totpSecret: string; extension?: string };
type Where = { url: string; ctiToken: string };

/** An operator of the benchmark: a session, a socket, one call after the other. */
export class BenchOperator {
  readonly #where: Where;
  readonly #extension: string;
  readonly #cookie: string;
  readonly #socket: ReturnType<typeof io>;
  #waiting: { until: (document: ContextDocument) => boolean; done: () => void } | undefined;
  #last: ContextDocument | undefined;

  constructor(where: Where, person: Person, cookie: string) {
    this.#where = where;
    this.#extension = person.extension ?? '';
    this.#cookie = cookie;
    const extraHeaders = { cookie, 'user-agent': 'Chromium/1' };
    this.#socket = io(where.url, { transports: ['websocket'], extraHeaders, forceNew: true });
    this.#socket.on('context', (document: ContextDocument) => {
      this.#last = document;
      if (this.#waiting?.until(document)) this.#waiting.done();
    });
  }

  static async signIn(where: Where, person: Person): Promise<BenchOperator> {
    const code = new TOTP({ secret: Secret.fromBase32(person.totpSecret) }).generate();
    const { login, password } = person;
    const response = await fetch(`${where.url}/api/v1/session`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'x-madoguchi': 'console',
        'user-agent': 'Chromium/1',
      },
      body: JSON.stringify({ login, password, code }),
    });
    if (!response.ok)
      throw new Error(`${login} could not sign in: ${response.status}; wait 30 s for a fresh code`);
    const cookie = response.headers
      .getSetCookie()
      .map((line) => line.split(';')[0])
      .join('; ');
    const operator = new BenchOperator(where, person, cookie);
    await operator.#sees(() => true);
    return operator;
  }

  /** One call from ringing to closing; times to the document on the screen, milliseconds. */
  async takeCall(caller: Caller, callId: string): Promise<{ popMs: number; verifyMs: number }> {
    const shown = this.#sees(({ case: one }) => one?.telephoneState === 'talking');
    const rung = performance.now();
    await this.#telephone({
      event: 'answer',
      from: caller.telephone,
      callId,
      answeringNumber: this.#extension,
    });
    await shown;
    const popMs = performance.now() - rung;
    const whole = this.#sees(
      ({ verified }) =>
        verified !== undefined &&
        [
          verified.person,
          verified.reservations,
          verified.doses,
          verified.tickets,
          verified.earlierCases,
        ].every((part) => part.state === 'ready'),
    );
    const asked = performance.now();
    const items = {
      name: caller.nameKana,
      dateOfBirth: caller.dateOfBirth,
      address: caller.address,
    };
    await this.#post('/case/verify', { purpose: 'reservation', items });
    await whole;
    const verifyMs = performance.now() - asked;
    await this.#telephone({ event: 'hangup', callId, cause: 'normalClearing' });
    const cleared = this.#sees((document) => document.case === undefined);
    await this.#post('/case/close', {
      caseId: this.#last?.case?.caseId,
      afterCallCode: 'answered',
    });
    await cleared;
    return { popMs, verifyMs };
  }

  leave(): void {
    this.#socket.disconnect();
  }

  #sees(until: (document: ContextDocument) => boolean): Promise<void> {
    return new Promise((resolve) => {
      this.#waiting = { until, done: resolve };
    });
  }

  async #telephone(event: Record<string, string>): Promise<void> {
    await fetch(`${this.#where.url}/api/v1/cti/${this.#where.ctiToken}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(event),
    });
  }

  async #post(path: string, body: unknown): Promise<void> {
    const response = await fetch(`${this.#where.url}/api/v1${path}`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'x-madoguchi': 'console',
        'user-agent': 'Chromium/1',
        cookie: this.#cookie,
        'idempotency-key': randomUUID(),
      },
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`${path}: ${response.status}`);
  }
}
