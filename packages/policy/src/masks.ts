import { townOf } from '@madoguchi/kernel';
import type { WhenMasked } from '@madoguchi/contracts';

/** Town of an address of this city; nothing of an address elsewhere. */
export function maskAddress(address: string): string {
  return townOf(address) ?? '…';
}

/** Last four digits of a number; nothing of a number that has no more than four. */
export function maskDigits(number: string): string {
  const digits = number.replace(/\D/gu, '');
  return digits.length > 4 ? `…${digits.slice(-4)}` : '…';
}

function maskValue(value: unknown, mask: (text: string) => string): unknown {
  if (typeof value === 'string') return mask(value);
  if (Array.isArray(value)) return value.map((one: unknown) => maskValue(one, mask));
  return null;
}

/** The shortened value, or undefined where nothing of it may remain. Total: never throws. */
export function applyMask(whenMasked: WhenMasked, value: unknown): unknown {
  switch (whenMasked) {
    case 'keep':
      return value;
    case 'drop':
      return undefined;
    case 'town':
      return maskValue(value, maskAddress);
    case 'last-four':
      return maskValue(value, maskDigits);
  }
}
