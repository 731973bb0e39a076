import { isRefusalCode, REFUSALS } from '@madoguchi/contracts/refusals';
import type { Language } from '../messages/message.ts';
import { closingReasonNames } from '../messages/desk-names.ts';

/** Why somebody has to be called: a reason of ours or of the rules in words, others as they are. */
export function reasonText(code: string, language: Language): string {
  if (Object.hasOwn(closingReasonNames, code))
    return closingReasonNames[code as keyof typeof closingReasonNames][language];
  return isRefusalCode(code) ? REFUSALS[code][language] : code;
}
