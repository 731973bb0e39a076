import type { IdempotentCommand } from '@madoguchi/database';
import type { OperationContext } from '@madoguchi/messaging';

/**
 * A command as `idempotent` knows it again: by its key and who sent it.
 * @param operation `<service>.<operation>`
 */
export const commandOf = (
  context: OperationContext,
  operation: string,
  request: unknown,
): IdempotentCommand => ({
  key: context.idempotencyKey ?? '',
  actorId: context.actor.sub,
  operation,
  request,
});
