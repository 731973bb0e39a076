import type { RefusalCode } from '@madoguchi/contracts';
import { REFUSALS } from '@madoguchi/contracts';
import type { Detail } from '@madoguchi/kernel';
import type { Refused } from './decide-together.ts';
import { reasonSentence } from './reason-sentence.ts';
import type { Reason } from './reason.ts';

/** Why one of a group cannot be booked, as it can be read out. */
function sentenceOf({ refusal }: Refused): { ja: string; en: string } {
  const { earliest, bookableFrom } = refusal.details ?? {};
  if (typeof earliest === 'string' || typeof bookableFrom === 'string')
    return reasonSentence({ code: refusal.code, earliest, bookableFrom } as Reason).sentence;
  const { ja, en } = REFUSALS[refusal.code satisfies RefusalCode];
  return { ja, en };
}

/** The members of a group who cannot be booked, each with the reason. */
export const refusedMembers = (refused: readonly Refused[]): Detail[] =>
  refused.map((one) => ({
    residentId: one.asked.residentId,
    code: one.refusal.code,
    ...sentenceOf(one),
  }));
