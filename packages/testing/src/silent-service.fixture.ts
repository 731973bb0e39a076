import { defineService } from '@madoguchi/service';

/** The tables of calls, for a service whose client nobody asks. */
export const TABLES_OF_CALLS = {
  directory: new URL('../../../services/calls/prisma/', import.meta.url),
  client: () => ({ $disconnect: async () => undefined }),
};

/** A service that does nothing of its own. */
export const silentService = defineService({
  name: 'calls',
  config: {},
  prisma: TABLES_OF_CALLS,
  wire: () => [],
});
