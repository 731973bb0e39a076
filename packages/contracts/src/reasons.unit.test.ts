import { describe, expect, it } from 'vitest';
import { isReason } from './reasons.ts';

describe('a reason', () => {
  it.each([
    ['一二三四五六七八九十', true],
    ['一二三四五六七八九', false],
    ['　  一二三四五六七八九  　', false],
    ['𠮷𠮷𠮷𠮷𠮷', false],
    ['', false],
  ])('%j: %s', (text, enough) => expect(isReason(text)).toBe(enough));
});
