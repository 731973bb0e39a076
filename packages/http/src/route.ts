import type { Needs, RefusalCode } from '@madoguchi/contracts';
import type { Request, Response } from 'express';
import type { z } from 'zod';

/** How a caller shows who they are. */
export type RouteAuthority = 'session' | 'agent-key' | 'path-token' | 'none';

/**
 * A route, declared once: the server mounts it, and OpenAPI describes it. A route that is not declared
 * cannot be mounted.
 */
export type Route = {
  method: 'get' | 'post' | 'delete';
  /** With `{name}` parameters, as in OpenAPI. */
  path: string;
  summary: string;
  authority: RouteAuthority;
  /** Only from our own page: such a request carries the header `x-madoguchi: console`. */
  fromPage?: boolean;
  /** What the caller must hold besides; unknown where it is not said. */
  needs?: Needs;
  /** JSON body; absent where there is none, or where the body is not ours to define. */
  request?: z.ZodType;
  reply?: z.ZodType;
  /** Type of an answer that is not JSON. */
  replyType?: string;
  /** Commands carry `Idempotency-Key`. */
  idempotent?: boolean;
  refusals?: readonly RefusalCode[];
  handle(request: Request, response: Response): Promise<void>;
};
