import type { Who } from '@madoguchi/contracts';
import { newId } from '@madoguchi/kernel';
import type { Runtime } from './define-service.ts';

/** The service as the one who acts: for its jobs, and for whatever it does without anybody asking. */
export const itself = (runtime: Pick<Runtime, 'config' | 'connection'>): Who => ({
  municipalityCode: runtime.config.MUNICIPALITY_CODE,
  actorId: runtime.connection.name,
  role: 'service',
  correlationId: newId(),
});
