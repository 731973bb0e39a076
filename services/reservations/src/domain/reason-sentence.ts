import { REFUSALS } from '@madoguchi/contracts';
import { formatEraDate } from '@madoguchi/kernel';
import type { Reason } from './reason.ts';

/** A reason as it can be read out, with the first possible day where there is one. */
export function reasonSentence(reason: Reason): {
  code: string;
  sentence: { ja: string; en: string };
} {
  const { ja, en } = REFUSALS[reason.code];
  if (reason.earliest === undefined) return { code: reason.code, sentence: { ja, en } };
  return {
    code: reason.code,
    sentence: {
      ja: `${ja}${formatEraDate(reason.earliest)}以降の日をお選びください。`,
      en: `${en} Please choose ${reason.earliest} or later.`,
    },
  };
}
