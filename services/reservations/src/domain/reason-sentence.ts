import { refusalSentence } from '@madoguchi/contracts';
import type { Sentence } from '@madoguchi/contracts';
import type { Reason } from './reason.ts';

/** A reason as it can be read out, with the first possible day where there is one. */
export const reasonSentence = ({
  code,
  ...days
}: Reason): { code: string; sentence: Sentence } => ({
  code,
  sentence: refusalSentence(code, days),
});
