import { describe, expect, it } from 'vitest';
import { EMPTY_ITEMS, requestOf } from './draft.ts';

describe('requestOf', () => {
  it('sends only what was typed, without blanks at the ends', () => {
    const items = {
      ...EMPTY_ITEMS,
      name: ' たかはし かつこ ',
      ticketNumber: '0123456789',
      address: '  ',
    };
    expect(requestOf({ purpose: 'reservation', items, proxy: undefined })).toEqual({
      purpose: 'reservation',
      items: { name: 'たかはし かつこ', ticketNumber: '0123456789' },
    });
  });

  it('keeps the characters as typed, variant selectors too', () => {
    const items = { ...EMPTY_ITEMS, name: '葛󠄀城' };
    expect(requestOf({ purpose: 'reissue', items, proxy: undefined }).items.name).toBe('葛󠄀城');
  });

  it('carries the proxy', () => {
    const proxy = { name: '髙橋 一郎', relation: 'child' as const };
    expect(requestOf({ purpose: 'reissue', items: EMPTY_ITEMS, proxy }).proxy).toEqual(proxy);
  });
});
