import { classified, disclosure, FIELD_CLASSES } from '@madoguchi/contracts';
import type { FieldClassVisibility, Visibility } from '@madoguchi/contracts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { applyMask, maskAddress, maskDigits, project } from './index.ts';

const all = (visibility: Visibility): FieldClassVisibility =>
  Object.fromEntries(FIELD_CLASSES.map((name) => [name, visibility])) as FieldClassVisibility;

describe('masks', () => {
  it.each([
    ['東京都江戸川区西葛西６丁目２３番１号', '西葛西'],
    ['江戸川区一之江町三丁目', '一之江町'],
    ['一之江8-1-1', '一之江'],
    ['千葉県市川市八幡1-1', '…'],
    ['', '…'],
  ])('leave the town of %s', (address, town) => expect(maskAddress(address)).toBe(town));

  it.each([
    ['09012345678', '…5678'],
    ['+81 90-1234-5678', '…5678'],
    ['123', '…'],
    ['', '…'],
  ])('leave four digits of %s', (number, left) => expect(maskDigits(number)).toBe(left));

  it('never throw, and never show more than the rule says', () => {
    const anything = fc.oneof(fc.string({ unit: 'binary' }), fc.anything());
    fc.assert(
      fc.property(anything, fc.constantFrom('drop', 'town', 'last-four'), (value, rule) => {
        const masked = applyMask(rule, value);
        if (rule === 'drop') expect(masked).toBeUndefined();
        if (rule === 'last-four' && typeof masked === 'string')
          expect(masked.replace(/\D/g, '').length).toBeLessThanOrEqual(4);
      }),
    );
  });

  it('change nothing when applied twice', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(maskAddress(maskAddress(text))).toBe(maskAddress(text));
      }),
    );
  });
});

describe('projection', () => {
  const view = disclosure({
    ref: classified('open', z.string()),
    name: classified('name', z.string()),
    address: classified('address', z.string(), 'town'),
    building: classified('address', z.string()),
  });
  const entity = {
    ref: 'r',
    name: '江戸川 花子',
    address: '平井1-2-3',
    building: 'A棟',
    secret: 'x',
  };

  it('shows all, the mask, or nothing but what is open', () => {
    expect(project(view, entity, all('show'))).toEqual({
      ref: 'r',
      name: '江戸川 花子',
      address: '平井1-2-3',
      building: 'A棟',
      maskedFields: [],
    });
    expect(project(view, entity, all('mask'))).toEqual({
      ref: 'r',
      address: '平井',
      maskedFields: ['address'],
    });
    expect(project(view, entity, all('none'))).toEqual({ ref: 'r', maskedFields: [] });
  });
});
