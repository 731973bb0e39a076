import * as contract from '@madoguchi/contracts';
import type { AnyOperation, ContextDocument, ReplyOf, RequestOf } from '@madoguchi/contracts';
import type { Refusal, Result } from '@madoguchi/kernel';
import { ok } from '@madoguchi/kernel';
import type { Call, CallContext } from '@madoguchi/messaging';
import type { PartName } from './desk-parts.ts';
import { isAway, PART_NAMES, partOf, readPart } from './desk-parts.ts';

type Verified = NonNullable<ContextDocument['verified']>;
type VerifyReply = ReplyOf<typeof contract.verifyPerson>;

export type DeskOptions = {
  call: Call;
  /** The operator's actor token, renewed where it would soon run out. */
  actorToken: () => Promise<string>;
  /** Sends a document to the sockets of this operator. */
  emit: (document: ContextDocument) => void;
};

/** Permit and grant are renewed when they have less than this to live. */
const RENEW_BEFORE_MS = 90_000;
/** How long after an owner was away its part is asked for again. */
const COME_BACK_AFTER_MS = 4_000;
const LOADING = { state: 'loading' } as const;
const ALL_LOADING = {
  person: LOADING,
  reservations: LOADING,
  doses: LOADING,
  tickets: LOADING,
  earlierCases: LOADING,
};

/**
 * One operator's desk: the case on it, what was verified, and the one document their screen shows. Permit
 * and grant stay here and never reach the browser.
 */
export class Desk {
  readonly #options: DeskOptions;
  #version = 0;
  #case: ContextDocument['case'];
  #permit: { token: string; expiresAt: number } | undefined;
  #grant: { token: string; expiresAt: number } | undefined;
  #numberOnRecord: boolean | undefined;
  #verification: ContextDocument['verification'];
  /** The verified person, and others whom the same caller speaks for. */
  #people: readonly Verified[] = [];
  /** Parts whose owner was away, by resident, until they are asked for again. */
  readonly #missing = new Map<string, Set<PartName>>();
  #comingBack: NodeJS.Timeout | undefined;
  #refreshing: Promise<void> = Promise.resolve();

  constructor(options: DeskOptions) {
    this.#options = options;
  }

  document(): ContextDocument {
    const [verified, ...party] = this.#people;
    return {
      version: Math.max(1, this.#version),
      ...(this.#case ? { case: this.#case } : {}),
      ...(this.#numberOnRecord === undefined ? {} : { numberOnRecord: this.#numberOnRecord }),
      ...(this.#verification ? { verification: this.#verification } : {}),
      ...(verified ? { verified } : {}),
      ...(party.length === 0 ? {} : { party }),
    };
  }

  /** Tokens for the operations of this desk; those that would run out soon are renewed first. */
  async callContext(): Promise<CallContext> {
    if (this.#permit && this.#permit.expiresAt - Date.now() < RENEW_BEFORE_MS)
      await this.refreshCase();
    if (this.#grant && this.#grant.expiresAt - Date.now() < RENEW_BEFORE_MS)
      await this.#renewGrant();
    return {
      actorToken: await this.#options.actorToken(),
      permit: this.#permit?.token,
      grant: this.#grant?.token,
    };
  }

  /** Asks whose case it is now, and shows what changed; one at a time, so that the newest is the last. */
  async refreshCase(): Promise<void> {
    const turn = this.#refreshing.then(() => this.#refresh());
    this.#refreshing = turn.catch(() => undefined);
    await turn;
  }

  async #refresh(): Promise<void> {
    const answer = await this.#options.call(
      contract.getCase,
      {},
      { actorToken: await this.#options.actorToken() },
    );
    if (!answer.ok) return;
    const { case: current, permit, permitExpiresAt } = answer.value;
    if (current?.caseId !== this.#case?.caseId) this.#clear();
    this.#case = current;
    this.#permit =
      permit && permitExpiresAt
        ? { token: permit, expiresAt: Date.parse(permitExpiresAt) }
        : undefined;
    this.#show();
    // Whether the number is on record follows a few milliseconds later, into its reserved place.
    if (current?.callerNumber === undefined || this.#numberOnRecord !== undefined) return;
    await this.#lookUpNumber();
    this.#show();
  }

  /** Verifies and, at the threshold, brings the whole context part by part. */
  async verify<
    O extends
      | typeof contract.verifyPerson
      | typeof contract.verifyAtDesk
      | typeof contract.openLeftOut,
  >(
    operation: O,
    request: RequestOf<O>,
  ): Promise<Result<NonNullable<ContextDocument['verification']>, Refusal>> {
    const answer = await this.#options.call(
      operation as AnyOperation,
      request,
      await this.callContext(),
    );
    if (!answer.ok) return answer;
    const { grant, grantExpiresAt, ...shown } = answer.value as VerifyReply;
    const { purpose, alongside } = request as { purpose: contract.Purpose; alongside?: boolean };
    // What was answered about one more person says nothing of the one verified before.
    if (alongside !== true) this.#verification = shown;
    if (grant !== undefined && grantExpiresAt !== undefined && shown.residentId !== undefined) {
      this.#grant = { token: grant, expiresAt: Date.parse(grantExpiresAt) };
      const { residentId } = shown;
      const person = { residentId, purpose, grantExpiresAt, ...ALL_LOADING };
      const before = alongside === true ? this.#people : [];
      this.#people = before.some((one) => one.residentId === residentId)
        ? before.map((one) => (one.residentId === residentId ? person : one))
        : [...before, person];
      await this.#load(person);
    } else this.#show();
    return ok(shown);
  }

  /** Reads again what is shown, of everybody or of those who are meant. */
  async loadContext(only?: (residentId: string) => boolean): Promise<void> {
    for (const person of this.#people)
      if (!only || only(person.residentId)) await this.#load(person);
  }

  /** Reads every part from its owner at once; an owner that is away leaves only its own part empty. */
  async #load(
    person: Pick<Verified, 'residentId' | 'purpose'>,
    names: readonly PartName[] = PART_NAMES,
  ): Promise<void> {
    const { residentId } = person;
    const from = { call: this.#options.call, context: await this.callContext() };
    const load = async (name: PartName): Promise<void> => {
      const result = await readPart(name, person, from);
      if (!this.#people.some((one) => one.residentId === residentId)) return;
      // Whoever became protected since is nobody to this desk: all that was shown goes.
      if (name === 'person' && !result.ok && result.refusal.code === 'not_found') {
        this.#closePeople();
        return;
      }
      if (isAway(result)) this.#comeBackFor(residentId, name);
      const part = partOf(result);
      this.#people = this.#people.map((one) =>
        one.residentId === residentId ? { ...one, [name]: part } : one,
      );
    };
    const parts = names.map(load);
    // What is there quickly is shown at once; a slow owner does not hold the others back.
    await Promise.race([Promise.all(parts), new Promise((resolve) => setTimeout(resolve, 100))]);
    this.#show();
    const before = JSON.stringify(this.#people);
    await Promise.all(parts);
    if (JSON.stringify(this.#people) !== before) this.#show();
  }

  /** The screen promises that what is missing will be there as soon as its owner is back. */
  #comeBackFor(residentId: string, name: PartName): void {
    const names = this.#missing.get(residentId) ?? new Set();
    this.#missing.set(residentId, names.add(name));
    if (this.#comingBack !== undefined) return;
    this.#comingBack = setTimeout(() => {
      this.#comingBack = undefined;
      const missing = [...this.#missing];
      this.#missing.clear();
      for (const person of this.#people)
        for (const [id, parts] of missing)
          if (id === person.residentId) void this.#load(person, [...parts]).catch(() => undefined);
    }, COME_BACK_AFTER_MS).unref();
  }

  caseEnded(caseId: string): void {
    if (this.#case?.caseId !== caseId) return;
    this.#clear();
    this.#case = undefined;
    this.#permit = undefined;
    this.#show();
  }

  async #lookUpNumber(): Promise<void> {
    const context = { actorToken: await this.#options.actorToken(), permit: this.#permit?.token };
    const answer = await this.#options.call(contract.numberOnRecord, {}, context);
    if (answer.ok) this.#numberOnRecord = answer.value.onRecord;
  }

  async #renewGrant(): Promise<void> {
    const context = {
      actorToken: await this.#options.actorToken(),
      permit: this.#permit?.token,
      grant: this.#grant?.token,
    };
    const answer = await this.#options.call(contract.renewGrant, {}, context);
    if (!answer.ok) return;
    this.#grant = { token: answer.value.grant, expiresAt: Date.parse(answer.value.grantExpiresAt) };
    const { grantExpiresAt } = answer.value;
    this.#people = this.#people.map((one) => ({ ...one, grantExpiresAt }));
  }

  #closePeople(): void {
    this.#grant = undefined;
    this.#verification = undefined;
    this.#people = [];
  }

  #clear(): void {
    this.#closePeople();
    this.#numberOnRecord = undefined;
  }

  #show(): void {
    this.#version += 1;
    this.#options.emit(this.document());
  }
}
