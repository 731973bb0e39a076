import { randomUUID } from 'node:crypto';
import type { ContextDocument } from '@madoguchi/contracts';
import { Secret, TOTP } from 'otpauth';
import { io } from 'socket.io-client';

export type Answer = { status: number; body: Record<string, unknown>; headers: Headers };

/** Body and further headers of a request. */
type Sent = [body?: unknown, headers?: Record<string, string>];

/** A browser's side of the console without a browser: cookies, own-page headers, one socket. */
export class OperatorClient {
  readonly origin: string;
  #cookies = new Map<string, string>();
  documents: ContextDocument[] = [];
  #socket: ReturnType<typeof io> | undefined;

  constructor(origin: string) {
    this.origin = origin;
  }

  async send(method: string, path: string, ...[body, headers = {}]: Sent): Promise<Answer> {
    const raw = typeof body === 'string' || body instanceof Uint8Array;
    const response = await fetch(`${this.origin}/api/v1${path}`, {
      method,
      headers: {
        'x-madoguchi': 'console',
        'user-agent': 'Chromium/1',
        cookie: this.cookie(),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: raw ? (body as string) : JSON.stringify(body) }),
    });
    for (const line of response.headers.getSetCookie()) {
      const [pair = ''] = line.split(';');
      const [name = '', value = ''] = pair.split('=');
      if (/expires=Thu, 01 Jan 1970/iu.test(line)) this.#cookies.delete(name);
      else this.#cookies.set(name, value);
    }
    const isJson = /json/u.test(response.headers.get('content-type') ?? '');
    const parsed: unknown = isJson ? await response.json() : { text: await response.text() };
    return {
      status: response.status,
      headers: response.headers,
      body: parsed as Record<string, unknown>,
    };
  }

  post(path: string, body: unknown, key: string = randomUUID()): Promise<Answer> {
    return this.send('POST', path, body, { 'idempotency-key': key });
  }

  cookie(): string {
    return [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  async signIn(person: { login: string; password: string; totpSecret: string }): Promise<Answer> {
    const code = new TOTP({ secret: Secret.fromBase32(person.totpSecret) }).generate();
    return this.post('/session', { login: person.login, password: person.password, code });
  }

  async follow(): Promise<void> {
    this.#socket = io(this.origin, {
      transports: ['websocket'],
      extraHeaders: { cookie: this.cookie(), 'user-agent': 'Chromium/1' },
    });
    this.#socket.on('context', (document: ContextDocument) => this.documents.push(document));
    await new Promise<void>((resolve, reject) => {
      this.#socket?.once('context', () => resolve());
      this.#socket?.once('connect_error', reject);
    });
  }

  get document(): ContextDocument {
    const last = this.documents.at(-1);
    if (!last) throw new Error('no document yet');
    return last;
  }

  leave(): void {
    this.#socket?.disconnect();
  }
}
