import { refusalDays, refusalSentence } from '@madoguchi/contracts';
import type { Detail } from '@madoguchi/kernel';
import type { Refused } from './decide-together.ts';

/** The members of a group who cannot be booked, each with the reason as it can be read out. */
export const refusedMembers = (refused: readonly Refused[]): Detail[] =>
  refused.map(({ asked, refusal }) => ({
    residentId: asked.residentId,
    code: refusal.code,
    ...refusalSentence(refusal.code, refusalDays(refusal.details)),
  }));
