import { calendarDate, kanaKeys, parseCalendarDate } from '@madoguchi/kernel';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chooseCandidates, MOST_SHOWN } from './choose-candidates.ts';
import { editDistance, withOneLeftOut } from './edit-distance.ts';
import type { Found } from './judge-candidate.ts';
import { takenFor } from './judge-candidate.ts';
import { correctedNames, nameList } from './name-dictionary.ts';
import { daysOneDigitFrom, searchTerms } from './search-terms.ts';

const TODAY = calendarDate('2026-11-24');

const FAMILIES = ['サトウ', 'スズキ', 'タカハシ', 'ナカジマ', 'オオタ', 'ワタナベ', 'カトウ'];
const GIVENS = ['ハナコ', 'イチロウ', 'ヒロシ', 'ユウ', 'サチコ', 'コウジ', 'ジユン'];
const lists = { families: nameList(FAMILIES), givens: nameList(GIVENS) };
const kana = fc.constantFrom(...Array.from('アイウエオカキクケコサシスセソタチツテトナニヌネノ'));

describe('distance', () => {
  it('is that of the plain definition', () => {
    const plain = (a: string, b: string): number => {
      if (a === '' || b === '') return a.length + b.length;
      const [restA, restB] = [a.slice(1), b.slice(1)];
      const same = a[0] === b[0] ? 0 : 1;
      return Math.min(plain(restA, restB) + same, plain(restA, b) + 1, plain(a, restB) + 1);
    };
    const word = fc.string({ unit: fc.constantFrom('ア', 'イ', 'ウ'), maxLength: 5 });
    fc.assert(
      fc.property(word, word, (one, other) => {
        expect(editDistance(one, other, 2)).toBe(Math.min(3, plain(one, other)));
      }),
    );
  });

  it('of one leaves something in common when one is left out', () => {
    const word = fc.string({ unit: kana, minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(word, word, (one, other) => {
        fc.pre(editDistance(one, other, 1) <= 1);
        const rests = new Set(withOneLeftOut(one));
        expect(withOneLeftOut(other).some((rest) => rests.has(rest))).toBe(true);
      }),
    );
  });
});

describe('a mistyped name', () => {
  it('is corrected to the pair it was, wherever the wrong kana stands, with and without a space', () => {
    const damage = fc.record({
      family: fc.constantFrom(...FAMILIES),
      given: fc.constantFrom(...GIVENS),
      at: fc.nat(20),
      by: kana,
      parted: fc.boolean(),
    });
    fc.assert(
      fc.property(damage, ({ family, given, at, by, parted }) => {
        const whole = Array.from(family + given);
        whole[at % whole.length] = by;
        const cut = Array.from(family).length;
        const typed = parted
          ? `${whole.slice(0, cut).join('')} ${whole.slice(cut).join('')}`
          : whole.join('');
        const { replaced, others } = correctedNames(typed, lists);
        expect([...replaced, ...others]).toContainEqual({ family, given });
      }),
    );
  });

  it('is not invented: every correction is on the register', () => {
    const typed = fc.string({ unit: kana, minLength: 1, maxLength: 9 });
    fc.assert(
      fc.property(typed, (name) => {
        const { replaced, others } = correctedNames(name, lists);
        for (const { family, given } of [...replaced, ...others]) {
          expect(FAMILIES).toContain(family);
          expect(GIVENS).toContain(given);
        }
      }),
    );
  });
});

const person = (id: number, changes: Partial<Found> = {}): Found => ({
  residentId: String(id).padStart(4, '0'),
  nameKeys: ['佐藤花子'],
  kanaKey: 'サトウハナコ',
  kanaLoose: 'サトハナコ',
  kanaFamily: 'サトウ',
  dateOfBirth: '1960-01-01',
  address: '東京都江戸川区平井１丁目２番３号',
  placeBlock: '平井:1-2',
  placeKey: '平井:1-2-3',
  ticketNumbers: [],
  telephones: [],
  addresseeNumber: String(id),
  ...changes,
});

describe('days one digit away', () => {
  it('are days, the one itself among them, and every one is written with at most one other digit', () => {
    const day = fc
      .date({ min: new Date('1868-01-01'), max: new Date('2099-12-31'), noInvalidDate: true })
      .map((date) => calendarDate(date.toISOString().slice(0, 10)));
    fc.assert(
      fc.property(day, (born) => {
        const days = daysOneDigitFrom(born);
        expect(days).toContain(born);
        const exchanged = `${born.slice(0, 4)}-${born.slice(8)}-${born.slice(5, 7)}`;
        for (const other of days) {
          expect(parseCalendarDate(other)).toBe(other);
          const apart = Array.from(born).filter((digit, at) => digit !== other[at]).length;
          expect(apart <= 1 || other === exchanged).toBe(true);
        }
      }),
    );
  });
});

describe('the choice', () => {
  it('never shows more than ten, nor any of more who fit alike', () => {
    const terms = searchTerms({ name: 'さとうはなこ' }, TODAY, '131237');
    fc.assert(
      fc.property(fc.nat(30), fc.boolean(), (count, more) => {
        const people = Array.from({ length: count }, (_, id) => person(id));
        const choice = chooseCandidates(terms, people, more);
        if (count > MOST_SHOWN) expect(choice.outcome).toBe('ask-more');
        else if (count > 0)
          expect(choice).toMatchObject({ outcome: 'candidates', candidates: { length: count } });
        else expect(choice.outcome).toBe(more ? 'ask-more' : 'none');
      }),
    );
  });

  it('does not depend on the order in which people are found', () => {
    const terms = searchTerms({ name: 'サトウハナコ', dateOfBirth: '1960' }, TODAY, '131237');
    const people = [
      person(1),
      person(2, { kanaKey: 'サトウハナヨ', kanaLoose: 'サトハナヨ' }),
      person(3, { dateOfBirth: '1961-01-01' }),
      person(4, { kanaKey: 'サドウハナコ', kanaLoose: 'サトハナコ' }),
    ];
    const first = chooseCandidates(terms, people, false);
    fc.assert(
      fc.property(fc.shuffledSubarray(people, { minLength: 4 }), (shuffled) => {
        expect(chooseCandidates(terms, shuffled, false)).toEqual(first);
      }),
    );
    expect(first).toMatchObject({ candidates: [{ residentId: '0001' }, {}, {}] });
  });

  it('leaves out who contradicts', () => {
    const terms = searchTerms({ name: 'サトウハナコ', dateOfBirth: '1970-07-07' }, TODAY, '131237');
    expect(chooseCandidates(terms, [person(1)], false).outcome).toBe('none');
  });
});

describe('斉 and 斎', () => {
  it('are taken for each other, and stay two', () => {
    expect(takenFor('斉藤').toSorted()).toEqual(['斉藤', '斎藤'].toSorted());
    expect(takenFor('佐藤')).toEqual(['佐藤']);
    expect(kanaKeys('サイトウ').k2).toBe('サイトウ');
  });
});
