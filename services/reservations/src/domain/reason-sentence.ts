import { REFUSALS } from '@madoguchi/contracts';
import { formatEraDate } from '@madoguchi/kernel';
import type { Reason } from './reason.ts';

/** A reason as it can be read out, with the first possible day where there is one. */
export function reasonSentence({ code, earliest, bookableFrom }: Reason): {
  code: string;
  sentence: { ja: string; en: string };
} {
  const { ja, en } = REFUSALS[code];
  if (bookableFrom !== undefined)
    return {
      code,
      sentence: {
        ja: `${ja}予約受付は${formatEraDate(bookableFrom)}からです。`,
        en: `${en} Bookings are taken from ${bookableFrom} on.`,
      },
    };
  if (earliest === undefined) return { code, sentence: { ja, en } };
  return {
    code,
    sentence: {
      ja: `${ja}${formatEraDate(earliest)}以降の日をお選びください。`,
      en: `${en} Please choose ${earliest} or later.`,
    },
  };
}
