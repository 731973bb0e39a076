import type { z } from 'zod';
import type { Role } from './roles.ts';
import type { RuleRefusalCode } from './refusals.ts';

/**
 * What a caller must hold besides a signed actor: nothing, an open case of theirs (permit), or a
 * grant of that case that names every resident of the request.
 */
export type Needs = 'nothing' | 'case' | 'grant';

export type OperationDeclaration<
  Request extends z.ZodType,
  Reply extends z.ZodType,
  Codes extends readonly RuleRefusalCode[],
> = {
  service: string;
  /** verb-noun, also the use case's folder. */
  name: string;
  kind: 'command' | 'query';
  summary: string;
  request: Request;
  reply: Reply;
  refusals: Codes;
  /** Roles that may call it; `anyone` needs no actor at all (sign-in, keys). */
  allow: readonly Role[] | 'anyone';
  needs: Needs;
  /** Residents the request is about; required with `needs: 'grant'`. */
  residentsOf?: (request: z.output<Request>) => readonly string[];
  /** A command that creates something asks for an idempotency key. */
  idempotent?: boolean;
  timeLimitMs?: number;
};

export type Operation<
  Request extends z.ZodType = z.ZodType,
  Reply extends z.ZodType = z.ZodType,
  Codes extends readonly RuleRefusalCode[] = readonly RuleRefusalCode[],
> = Readonly<Omit<OperationDeclaration<Request, Reply, Codes>, 'timeLimitMs' | 'idempotent'>> & {
  readonly subject: string;
  readonly version: 1;
  readonly timeLimitMs: number;
  readonly idempotent: boolean;
};

// `any` because an operation is invariant in its schemas, and lists hold all of them.
export type AnyOperation = Operation<any, any>;

export type RequestOf<O extends AnyOperation> = z.output<O['request']>;
export type ReplyOf<O extends AnyOperation> = z.output<O['reply']>;
export type RefusalOf<O extends AnyOperation> = O['refusals'][number];

/** Declares an operation once; server, client and AsyncAPI are derived from it. */
export function defineOperation<
  Request extends z.ZodType,
  Reply extends z.ZodType,
  const Codes extends readonly RuleRefusalCode[],
>(declaration: OperationDeclaration<Request, Reply, Codes>): Operation<Request, Reply, Codes> {
  return {
    ...declaration,
    version: 1,
    subject: `op.${declaration.service}.${declaration.name}.v1`,
    timeLimitMs: declaration.timeLimitMs ?? 5_000,
    idempotent: declaration.idempotent ?? false,
  };
}
