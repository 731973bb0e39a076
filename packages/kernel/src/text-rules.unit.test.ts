import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CalendarDate } from './index.ts';
import {
  addMonths,
  addressKey,
  addressParts,
  ageOn,
  ageReachedOn,
  canonicalJson,
  composeOcrLine,
  confirmationNumber,
  cp932Table,
  daysBetween,
  encodeCp932,
  formatEraDate,
  isConfirmationNumber,
  readBirthDate,
  readConfirmationNumber,
  isId,
  mondayOf,
  isMunicipalityCode,
  kanaKeys,
  kanjiKey,
  newId,
  normalisePhoneNumber,
  parseCalendarDate,
  readDate,
  readTicket,
  romanKey,
  sameAddress,
  tokyoDate,
  withinAge,
} from './index.ts';

const d = (text: string) => text as CalendarDate;

describe('kana', () => {
  it.each([
    ['ﾜﾀﾅﾍﾞ', 'わたなべ'],
    ['キョウコ', 'キヨウコ'],
    ['ハ゛ハ゛', 'ババ'],
    ['サ トウ', 'さとう'],
  ])('%s and %s have the same join key', (a, b) => expect(kanaKeys(a).k2).toBe(kanaKeys(b).k2));
  it.each([
    ['ヴァン', 'バン'],
    ['ミヅキ', 'ミズキ'],
    ['オオタ', 'オータ'],
    ['ケイコ', 'ケーコ'],
    ['ユウキ', 'ユーキ'],
  ])('%s and %s have the same loose key', (a, b) => expect(kanaKeys(a).k3).toBe(kanaKeys(b).k3));
  it('ナカジマ and ナカシマ are candidates, no more', () => {
    expect(kanaKeys('ナカジマ').k4).toBe(kanaKeys('ナカシマ').k4);
    expect(kanaKeys('ナカジマ').k3).not.toBe(kanaKeys('ナカシマ').k3);
  });
  it('keys of keys are the keys', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[ァ-ヴー]{0,12}$/u), (text) => {
        expect(kanaKeys(kanaKeys(text).k2).k2).toBe(kanaKeys(text).k2);
      }),
    );
  });
});

describe('kanji', () => {
  it.each([
    ['渡邉', '渡辺'],
    ['髙橋', '高橋'],
    ['葛󠄀西', '葛西'],
    ['\u{fa19}田', '神田'],
  ])('%s matches %s', (a, b) => expect(kanjiKey(a)).toBe(kanjiKey(b)));
  it('斉藤 and 斎藤 are two names', () => expect(kanjiKey('斉藤')).not.toBe(kanjiKey('斎藤')));
  it('foreign names match in any order', () => {
    expect(romanKey('NGUYEN VAN AN')).toBe(romanKey('an, Nguyễn Văn'));
  });
});

describe('telephone numbers', () => {
  it.each([
    ['+81 90-1234-5678', '09012345678'],
    ['819012345678', '09012345678'],
    ['０９０－１２３４－５６７８', '09012345678'],
    ['03(1234)5678', '0312345678'],
    ['+1 415 867 5309', '+14158675309'],
    ['anonymous', undefined],
    ['非通知', undefined],
    ['', undefined],
  ])('%s is %s', (text, expected) => expect(normalisePhoneNumber(text)).toBe(expected));
});

describe('dates as people write them', () => {
  it.each([
    ['令和5年4月1日', '2023-04-01'],
    ['R5.4.1', '2023-04-01'],
    ['R050401', '2023-04-01'],
    ['5050401', '2023-04-01'],
    ['令和元年５月１日', '2019-05-01'],
    ['昭39.3.5', '1964-03-05'],
    ['S39/3/5', '1964-03-05'],
    ['1964/3/5', '1964-03-05'],
    ['19640305', '1964-03-05'],
    ['大正15年12月24日', '1926-12-24'],
    ['昭和二十年三月三日', '1945-03-03'],
    ['昭和六十四年一月七日', '1989-01-07'],
    ['平成三十一年四月三十日', '2019-04-30'],
    ['令和元年十二月三一日', '2019-12-31'],
    ['千九百六十四年三月五日', '1964-03-05'],
    ['一九六四年三月五日', '1964-03-05'],
  ])('%s is %s', (text, date) =>
    expect(readDate(text)).toEqual({ kind: 'date', date, outsideEra: false }),
  );
  it.each(['S64.1.8', 'H31.5.1'])('%s is read and marked, to ask back', (text) =>
    expect(readDate(text)).toMatchObject({ kind: 'date', outsideEra: true }),
  );
  it.each(['あ', '', '24:00', '三月三日', '昭和三十九'])('%s is unreadable (B51)', (text) =>
    expect(readDate(text)).toEqual({ kind: 'unreadable' }),
  );
  it.each(['令和5年2月30日', '2023-02-29', '20230229', '令和0年1月1日', '昭和二十年十三月一日'])(
    '%s is no day of the calendar (B51)',
    (text) => expect(readDate(text)).toEqual({ kind: 'no-such-day' }),
  );
  it('what is printed can be read', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('1900-01-01'), max: new Date('2060-01-01'), noInvalidDate: true }),
        (day) => {
          const date = tokyoDate(day);
          expect(readDate(formatEraDate(date))).toEqual({ kind: 'date', date, outsideEra: false });
        },
      ),
    );
  });
  it('knows no 30 February', () => expect(parseCalendarDate('2026-02-30')).toBeUndefined());
});

describe('birth dates', () => {
  const today = d('2026-11-24');
  it.each([
    ['昭和六十四年一月七日', { kind: 'date', date: '1989-01-07' }],
    ['令和元年5月1日', { kind: 'date', date: '2019-05-01' }],
    ['2026-11-24', { kind: 'date', date: '2026-11-24' }],
    ['2026-11-25', { kind: 'future', date: '2026-11-25' }],
    ['令和９年１月１日', { kind: 'future', date: '2027-01-01' }],
    ['平成31年5月1日', { kind: 'outside-era', date: '2019-05-01' }],
    ['令和元年4月30日', { kind: 'outside-era', date: '2019-04-30' }],
    ['令和元年', { kind: 'year-only', year: 2019 }],
    ['2027年', { kind: 'unreadable' }],
    ['昭和39年2月30日', { kind: 'no-such-day' }],
    ['2月30日', { kind: 'unreadable' }],
  ])('%s is %j', (text, reading) => expect(readBirthDate(text, today)).toEqual(reading));
});

describe('months and ages', () => {
  it.each([
    ['2022-11-30', 3, 'first-of-next', '2023-03-01'],
    ['2022-11-30', 3, 'last-of-month', '2023-02-28'],
    ['2024-01-31', 1, 'first-of-next', '2024-03-01'],
    ['2026-05-15', 12, 'first-of-next', '2027-05-15'],
  ] as const)('%s + %i months, %s, is %s', (...row) => {
    const [from, months, rule, to] = row;
    expect(addMonths(d(from), months, rule)).toBe(to);
  });
  it.each([
    ['2026-12-07', '2026-12-07'],
    ['2026-12-13', '2026-12-07'],
    ['2027-01-01', '2026-12-28'],
  ])('%s is in the week of Monday %s', (day, monday) => {
    expect(mondayOf(d(day))).toBe(monday);
  });
  it('an age is reached on the day before the birthday', () => {
    expect(ageReachedOn(d('1961-11-24'), 65)).toBe('2026-11-23');
    expect(ageReachedOn(d('1960-02-29'), 65)).toBe('2025-02-28');
    expect(ageOn(d('1961-11-24'), d('2026-11-22'))).toBe(64);
    expect(ageOn(d('1961-11-24'), d('2026-11-23'))).toBe(65);
  });
  it('on that one day a person is both 65 以上 and 65 未満', () => {
    const birth = d('1961-11-24');
    const day = d('2026-11-23');
    expect(withinAge(birth, day, { from: 65 })).toBe(true);
    expect(withinAge(birth, day, { below: 65 })).toBe(true);
    expect(withinAge(birth, d('2026-11-24'), { below: 65 })).toBe(false);
  });
  it('counts days over month ends', () =>
    expect(daysBetween(d('2026-10-01'), d('2026-11-01'))).toBe(31));
});

describe('addresses', () => {
  it.each(['一丁目2番3号', '1-2-3', '１－２－３', '1丁目2-3', '一ー二ー三', '1丁目2番地3'])(
    '西葛西%s is one place',
    (rest) => expect(addressKey(`東京都江戸川区西葛西${rest}`)).toBe('西葛西:1-2-3'),
  );
  it('keeps 一之江 and 一之江町 apart', () => {
    expect(addressParts('一之江町2-3')?.town).toBe('一之江町');
    expect(addressParts('一之江8-1-1')?.town).toBe('一之江');
  });
  it('leaves the building out of the comparison', () => {
    expect(sameAddress('江戸川区平井3-4-5 メゾン平井201', '平井三丁目4番5号')).toBe(true);
    expect(sameAddress('平井3-4', '平井三丁目4番5号')).toBe(true);
    expect(sameAddress('平井3-4-6', '平井三丁目4番5号')).toBe(false);
    expect(sameAddress('平井3', '平井三丁目4番5号')).toBe(false);
    expect(sameAddress('平井3-4-5', '平井三丁目')).toBe(false);
  });
  it('needs one number only where a town has no 丁目', () => {
    expect(sameAddress('宇喜田町1346', '江戸川区宇喜田町１３４６番地３')).toBe(true);
    expect(sameAddress('宇喜田町1347', '江戸川区宇喜田町１３４６番地３')).toBe(false);
    expect(sameAddress('一之江町2964', '一之江２丁目９番６号')).toBe(false);
  });
});

describe('codes', () => {
  it.each(['131237', '131016', '011002', '131041', '271004'])('%s is a municipality', (code) =>
    expect(isMunicipalityCode(code)).toBe(true),
  );
  it('131230 is not', () => expect(isMunicipalityCode('131230')).toBe(false));
  it('the 18-digit line goes out and back', () => {
    const parts = {
      ticketType: '2',
      doseNumber: 1,
      municipalityCode: '131237',
      ticketNumber: '0123456789',
    };
    expect(composeOcrLine(parts)).toBe('211312370123456789');
    expect(readTicket('211312370123456789')).toEqual(parts);
    expect(readTicket('211312300123456789')).toBeUndefined();
    expect(readTicket('０１２３-４５６７８９')).toEqual({ ticketNumber: '0123456789' });
  });
  it.each([
    ['123-456-788', true],
    ['123456788', true],
    [' 123 456 788 ', true],
    ['１２３−４５６−７８８', true],
    ['123ー456ー788', true],
    ['123‐456—788', true],
    ['123・456・788', true],
    ['123-456-789', false],
    ['12-3456-78', false],
    ['l23-456-788', false],
    ['', false],
  ])('a confirmation number typed as %j is read: %j', (typed, isOne) =>
    expect(readConfirmationNumber(typed)).toBe(isOne ? '123-456-788' : undefined),
  );
  it('a confirmation number shows one wrong digit, and two changed places', () => {
    fc.assert(
      fc.property(
        fc.stringMatching(/^\d{8}$/),
        fc.nat(8),
        fc.integer({ min: 1, max: 9 }),
        (eight, at, by) => {
          const good = confirmationNumber(eight).replaceAll('-', '');
          expect(isConfirmationNumber(good)).toBe(true);
          const wrong = Array.from(good)
            .map((c, i) => (i === at ? String((Number(c) + by) % 10) : c))
            .join('');
          expect(isConfirmationNumber(wrong)).toBe(false);
        },
      ),
    );
  });
});

describe('CP932', () => {
  const table = cp932Table();
  const decoder = new TextDecoder('shift_jis', { fatal: true });
  it('round-trips every character it has, gaiji too', () => {
    expect([...table.keys()].filter((c) => c >= '\ue000' && c <= '\ue757')).toHaveLength(1880);
    for (const character of table.keys())
      expect(decoder.decode(encodeCp932(character, table).bytes)).toBe(character);
  });
  it('writes 髙 as Windows does', () =>
    expect([...encodeCp932('髙', table).bytes]).toEqual([0xfb, 0xfc]));
  it('reports what it cannot say instead of "?"', () => {
    expect(encodeCp932('𠮷田〜', table)).toMatchObject({ missing: ['𠮷'] });
  });
});

describe('values', () => {
  it('ids sort by time and are safe as subject tokens', () => {
    const ids = [newId(1), newId(2_000_000_000_000), newId()];
    expect(ids.every(isId)).toBe(true);
    expect(newId(1) < newId(2)).toBe(true);
  });
  it('canonical JSON does not depend on the order of members', () => {
    expect(canonicalJson({ b: [1, { d: null, c: '江' }], a: undefined })).toBe(
      '{"b":[1,{"c":"江","d":null}]}',
    );
  });
});
