import type { Purpose, SpokenItems } from '@madoguchi/contracts';
import { calendarDate } from '@madoguchi/kernel';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { factsThatPoint, readItems } from './compare-items.ts';
import type { Candidate } from './decide-verification.ts';
import { decideVerification } from './decide-verification.ts';
import type { Proofs } from './proofs.ts';
import type { Threshold } from './thresholds.ts';
import { limitReached, missingItems, THRESHOLDS } from './thresholds.ts';

const TODAY = calendarDate('2026-11-24');

const person = (changes: Partial<Candidate> = {}): Candidate => ({
  residentId: 'r1',
  nameKeys: ['渡辺花子'],
  kanaKey: 'ワタナベハナコ',
  dateOfBirth: '1964-03-05',
  address: '東京都江戸川区西葛西６丁目２３番１号',
  ticketNumbers: ['0000012345'],
  telephones: ['09012345678'],
  telephoneDigests: ['digest-1'],
  addresseeNumber: '0000000077',
  protected: false,
  standing: 'resident',
  municipalityToAsk: undefined,
  ...changes,
});
const said: SpokenItems = {
  name: 'わたなべ はなこ',
  dateOfBirth: 'S39.3.5',
  address: '西葛西6-23-1',
};
const decide = (
  items: SpokenItems,
  candidates: Candidate[],
  changes: {
    purpose?: Purpose;
    atDesk?: boolean;
    callerNumberDigest?: string;
    proofs?: Proofs;
  } = {},
) =>
  decideVerification({
    purpose: 'reservation',
    threshold: thresholdOf(changes.purpose ?? 'reservation'),
    items,
    read: readItems(items, TODAY, '131237'),
    candidates,
    atDesk: false,
    ...changes,
  });

function thresholdOf(purpose: Purpose): Threshold {
  const threshold = THRESHOLDS[purpose];
  if (!threshold) throw new Error(`no threshold for ${purpose}`);
  return threshold;
}

describe('verification', () => {
  it('confirms at the threshold, whatever the notation', () => {
    expect(decide(said, [person()])).toMatchObject({ outcome: 'confirmed' });
    expect(decide({ ...said, name: '渡邉花子' }, [person()])).toMatchObject({
      outcome: 'confirmed',
    });
    expect(
      decide({ name: 'ﾜﾀﾅﾍﾞ ﾊﾅｺ', dateOfBirth: '19640305', ticketNumber: '211312370000012345' }, [
        person(),
      ]),
    ).toMatchObject({ outcome: 'confirmed' });
  });

  it('asks for what is missing', () => {
    const { address: _, ...less } = said;
    expect(decide(less, [person()])).toMatchObject({
      outcome: 'more-needed',
      askFor: ['ticketNumber', 'address', 'telephone'],
    });
  });

  it('does not average a contradiction away', () => {
    expect(decide({ ...said, dateOfBirth: 'S39.3.6' }, [person()])).toMatchObject({
      outcome: 'not-confirmed',
      items: { name: 'match', dateOfBirth: 'no-match', address: 'match' },
    });
  });

  it('answers protected, unknown and moved-away people with the same object', () => {
    const { address: _, ...less } = said;
    for (const items of [said, less]) {
      const unknown = decide(items, []);
      expect(decide(items, [person({ protected: true })])).toEqual(unknown);
    }
    expect(decide(less, [person({ standing: 'moved-away' })])).toEqual(decide(less, []));
  });

  it('tells of a move only past the threshold', () => {
    expect(
      decide(said, [person({ standing: 'moved-away', municipalityToAsk: '市川市' })]),
    ).toMatchObject({
      outcome: 'moved-away',
    });
  });

  it('opens a protected person at the desk alone', () => {
    expect(decide(said, [person({ protected: true })], { atDesk: true })).toMatchObject({
      outcome: 'confirmed',
    });
  });

  it('takes the number the call comes from for one that was said', () => {
    const keyed: SpokenItems = { ticketNumber: '0000012345', dateOfBirth: '19640305' };
    const keypad = { purpose: 'keypad' } as const;
    expect(decide(keyed, [person()], { ...keypad, callerNumberDigest: 'digest-1' })).toMatchObject({
      outcome: 'confirmed',
    });
  });

  it('answers a machine with all or nothing', () => {
    const keyed: SpokenItems = { ticketNumber: '0000012345', dateOfBirth: '19640305' };
    const unknown = decide(keyed, [], { purpose: 'keypad' });
    expect(unknown.outcome).toBe('not-confirmed');
    for (const callerNumberDigest of ['other', undefined])
      expect(
        decide({ ...keyed, telephone: '09012345678' }, [person()], {
          purpose: 'keypad',
          ...(callerNumberDigest === undefined ? {} : { callerNumberDigest }),
        }),
      ).toMatchObject({ outcome: 'not-confirmed', items: { ticketNumber: 'no-match' } });
    expect(decide({ ticketNumber: '0000012345' }, [person()], { purpose: 'keypad' })).toEqual(
      decide({ ticketNumber: '0000012345' }, [], { purpose: 'keypad' }),
    );
  });

  describe('on the web', () => {
    const typed: SpokenItems = { ticketNumber: '0000012345', dateOfBirth: '19640305' };
    const onWeb = (proofs: Proofs, candidate = person(), items = typed) =>
      decide(items, [candidate], { purpose: 'web', proofs });
    const code = { codeToContactOnRecord: 'digest-1' };
    const number = { addresseeNumber: '００００００００７７' };

    it.each<[string, Proofs, string]>([
      ['a code that was sent to a contact on record', code, 'confirmed'],
      ['the number of the register', number, 'confirmed'],
      ['both', { ...code, ...number }, 'confirmed'],
      ['neither', {}, 'not-confirmed'],
      ['a code sent elsewhere', { codeToContactOnRecord: 'digest-2' }, 'not-confirmed'],
      ["another's number", { addresseeNumber: '0000000078' }, 'not-confirmed'],
      ['one of them wrong', { ...code, addresseeNumber: '0000000078' }, 'not-confirmed'],
    ])('ticket and birth date with %s', (_what, proofs, outcome) => {
      expect(onWeb(proofs)).toMatchObject({ outcome });
    });

    it('takes neither a number that is only said nor a call from it for a code', () => {
      const items = { ...typed, telephone: '09012345678' };
      expect(onWeb({}, person(), items).outcome).toBe('not-confirmed');
      expect(
        decide(typed, [person()], { purpose: 'web', callerNumberDigest: 'digest-1' }).outcome,
      ).toBe('not-confirmed');
    });

    it('never opens a protected person, and tells nothing of single items', () => {
      const hidden = onWeb({ ...code, ...number }, person({ protected: true }));
      expect(hidden).toEqual(decide(typed, [], { purpose: 'web', proofs: code }));
      expect(hidden).toEqual(onWeb({}));
      expect(hidden).toEqual(onWeb(code, person(), { ...typed, dateOfBirth: '19640306' }));
    });
  });

  it('never opens one of two who fit alike', () => {
    const twins = [person(), person({ residentId: 'r2' })];
    expect(decide(said, twins)).toMatchObject({ outcome: 'more-needed', askFor: ['ticketNumber'] });
  });

  it('says nothing by a birth date alone', () => {
    expect(decide({ dateOfBirth: 'S39.3.5' }, [person()])).toEqual(
      decide({ dateOfBirth: 'S39.3.5' }, []),
    );
  });

  it.each<SpokenItems>([
    { ticketNumber: '0000012345' },
    { name: '渡辺花子' },
    { name: '渡辺花子', address: '西葛西6-23-1' },
  ])('compares nothing before a birth date or ticket and a second fact: %j', (items) => {
    expect(decide(items, [person()])).toEqual(decide(items, []));
    expect(decide(items, [person()]).outcome).toBe('more-needed');
  });

  it('hides who died or was removed, save from the desk', () => {
    const dead = person({ standing: 'removed' });
    expect(decide(said, [dead])).toEqual(decide(said, []));
    expect(decide(said, [dead], { atDesk: true })).toMatchObject({ outcome: 'moved-away' });
  });

  it('finds one who moved away and came back', () => {
    const before = person({ residentId: 'r0', standing: 'moved-away' });
    expect(decide(said, [before, person()])).toMatchObject({
      outcome: 'confirmed',
      candidate: { residentId: 'r1' },
    });
  });

  it('takes long vowels as they are said', () => {
    const oota = person({ kanaKey: 'オオタハナコ' });
    expect(decide({ ...said, name: 'おーた はなこ' }, [oota]).outcome).toBe('confirmed');
  });

  it('never tells protected from unknown, whatever is said', () => {
    const some = <T>(value: T) => fc.option(fc.constantFrom(value), { nil: undefined });
    const items = fc.record({
      name: fc.option(fc.constantFrom('わたなべ はなこ', '鈴木', 'SMITH JOHN'), { nil: undefined }),
      dateOfBirth: fc.option(fc.constantFrom('S39.3.5', 'S39.3.6', '??'), { nil: undefined }),
      address: fc.option(fc.constantFrom('西葛西6-23-1', '平井1-1-1'), { nil: undefined }),
      ticketNumber: some('0000012345'),
      telephone: some('090-1234-5678'),
    });
    const purpose = fc.constantFrom(...(Object.keys(THRESHOLDS) as Purpose[]));
    fc.assert(
      fc.property(
        items,
        purpose,
        fc.boolean(),
        some('0000000077'),
        (spoken, purpose, byNumber, addresseeNumber) => {
          const given = Object.fromEntries(
            Object.entries(spoken).filter(([, value]) => value !== undefined),
          );
          const changes = {
            purpose,
            proofs: { addresseeNumber, codeToContactOnRecord: byNumber ? 'digest-1' : undefined },
            ...(byNumber ? { callerNumberDigest: 'digest-1' } : {}),
          };
          const neighbour = person({ residentId: 'r9', nameKeys: ['鈴木'], kanaKey: null });
          const unknown = decide(given, [neighbour], changes);
          expect(decide(given, [neighbour, person({ protected: true })], changes)).toEqual(unknown);
        },
      ),
    );
  });

  it.each([
    ['2月30日', 'unreadable'],
    ['昭和39年2月30日', 'no-such-day'],
    ['平成31年5月1日', 'outside-era'],
    ['令和9年1月1日', 'future'],
    ['令和元年', 'year-only'],
  ] as const)('marks %s as %s, and compares it with nobody', (dateOfBirth, fault) => {
    const spoken = { ...said, dateOfBirth };
    expect(readItems(spoken, TODAY, '131237')).toMatchObject({ dateOfBirthFault: fault });
    expect(decide(spoken, [person()])).toMatchObject({ items: { dateOfBirth: 'unreadable' } });
  });

  it('has a threshold of at least two items for every purpose that opens a person', () => {
    for (const threshold of Object.values(THRESHOLDS))
      expect(missingItems(threshold, new Set()).length).toBeGreaterThanOrEqual(2);
    // Where nobody hears a voice, two items that stand on one letter are not enough.
    for (const threshold of [THRESHOLDS.web, THRESHOLDS.keypad])
      expect(threshold?.provenBy ?? threshold?.fromNumberOnRecord).toBeTruthy();
  });
});

describe('limits', () => {
  it.each([
    [{ ofCase: 2, ofPerson: 4, ofOperator: 19 }, false, undefined],
    [{ ofCase: 3, ofPerson: 0, ofOperator: 0 }, false, 'case'],
    [{ ofCase: 0, ofPerson: 5, ofOperator: 0 }, true, 'person'],
    [{ ofCase: 0, ofPerson: 0, ofOperator: 20 }, false, 'operator'],
    [{ ofCase: 0, ofPerson: 0, ofOperator: 20 }, true, undefined],
  ])('%j by machine %s: %s', (failures, byMachine, limit) =>
    expect(limitReached(failures, byMachine)).toBe(limit),
  );

  it('knows a seeker who varies one fact', () => {
    const tries = ['S39.3.5', 'S39.3.6'].map((dateOfBirth) =>
      factsThatPoint(readItems({ ...said, dateOfBirth }, TODAY, '131237')),
    );
    const [first = [], second = []] = tries;
    expect(first.some((fact) => second.includes(fact))).toBe(true);
  });
});
