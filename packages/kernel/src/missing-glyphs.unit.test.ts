import { describe, expect, it } from 'vitest';
import type { GlyphTable } from './index.ts';
import { chooseFont, missingGlyphs } from './index.ts';

/** Knows these characters, 葛 with U+E0100 by a glyph of its own and 辻 with U+E0101 as its plain form. */
const table = (known: string): GlyphTable => ({
  hasGlyphForCodePoint: (codePoint) => Array.from(known).includes(String.fromCodePoint(codePoint)),
  _cmapProcessor: {
    getVariationSelector: (base, selector) => (base === 0x845b && selector === 0xe0100 ? 7 : 0),
    uvs: {
      varSelectors: {
        toArray: () => [
          {
            varSelector: 0xe0101,
            defaultUVS: [{ startUnicodeValue: 0x8fbb, additionalCount: 0 }],
          },
        ],
      },
    },
  },
});

describe('missing glyphs', () => {
  const font = table('葛西辻\u{e123}');
  it.each([
    ['葛西', []],
    ['葛西髙髙', ['U+9AD9']],
    ['葛\u{e0100}西', []],
    ['辻\u{e0101}', []],
    ['辻\u{e0100}', ['U+8FBB U+E0100']],
    ['西\u{e0101}', ['U+897F U+E0101']],
    ['\u{e0100}西', ['U+E0100']],
  ])('of %j are %j', (text, missing) => expect(missingGlyphs(font, text)).toEqual(missing));

  it('are all of the private use area, whatever a font has there (B53)', () => {
    expect(missingGlyphs(font, '\u{e123}\u{f0000}')).toEqual(['U+E123', 'U+F0000']);
  });
});

describe('the choice of a font', () => {
  const fonts = ['葛', '葛西'].map((known) => ({
    known,
    missing: (text: string) => missingGlyphs(table(known), text),
  }));
  it('is the first that has everything', () => {
    expect(chooseFont(fonts, '葛')).toMatchObject({ font: { known: '葛' } });
    expect(chooseFont(fonts, '葛西')).toMatchObject({ font: { known: '葛西' } });
  });
  it('is none where each lacks something; it names what the best one lacks', () => {
    expect(chooseFont(fonts, '葛西髙')).toEqual({ missing: ['U+9AD9'] });
    expect(chooseFont([], '葛')).toEqual({ missing: [] });
  });
});
