import * as contract from '@madoguchi/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SEARCH_LIMITS } from '../domain/thresholds.ts';
import type { Desk, RegistryWorld } from '../store/registry-world.fixture.ts';
import { csv, PEOPLE, registryWorld } from '../store/registry-world.fixture.ts';

/** People whose names and homes are written in every way the register knows. */
const row = (number: number, [name, kana]: [string, string], [born, address]: [string, string]) =>
  `${String(number).padStart(10, '0')},${name},${kana},1,${born},${100 + number},${address},,,,,,,,`;
const MORE = [
  row(11, ['髙橋　浩', 'タカハシ ヒロシ'], ['19620511', '東京都江戸川区中葛西１丁目２番３号']),
  row(12, ['斉藤　譲', 'サイトウ ユズル'], ['19710607', '東京都江戸川区松江２丁目１番１号']),
  row(13, ['斎藤　譲', 'サイトウ ユズル'], ['19710608', '東京都江戸川区松江２丁目１番２号']),
  row(14, ['中嶋　浩二', 'ナカジマ コウジ'], ['19550203', '東京都江戸川区一之江町１０番地']),
  row(
    15,
    ['NGUYEN VAN ANH', 'グエン ヴァン アイン'],
    ['19950401', '東京都江戸川区瑞江１丁目１番１号'],
  ),
  row(16, ['大田　優', 'オオタ ユウ'], ['20010203', '東京都江戸川区南小岩１丁目２番３号']),
  ...Array.from({ length: 12 }, (_, index) =>
    row(
      30 + index,
      ['佐藤　実', 'サトウ ミノル'],
      [
        `19${50 + index}0101`,
        `東京都江戸川区東小岩${index < 9 ? '１丁目' : '２丁目'}${index + 1}番１号`,
      ],
    ),
  ),
];

let world: RegistryWorld;
beforeAll(async () => {
  world = await registryWorld({ now: () => new Date('2026-11-24T01:00:00Z') });
  await world.importText(csv([...PEOPLE, ...MORE]));
});
afterAll(() => world.stop());

const search = async (items: contract.SearchItems, desk?: Desk) => {
  const answer = await world.call(
    contract.searchCandidates,
    { purpose: 'reservation', items },
    desk ?? (await world.desk()),
  );
  if (!answer.ok) throw new Error(answer.refusal.code);
  return answer.value;
};
/** Whom the first candidates stand for, as only the log knows. */
async function foundBy(items: contract.SearchItems): Promise<string[]> {
  const desk = await world.desk();
  await search(items, desk);
  const entry = (await world.audit()).find(
    (one) => one['caseId'] === desk.caseId && one['action'] === 'search',
  );
  const rows = await world.sql<{ id: string; number: string }>(
    'registry',
    'SELECT id, addressee_number AS number FROM resident',
  );
  return ((entry?.['residents'] ?? []) as string[]).map(
    (id) => rows.find((one) => one.id === id)?.number ?? '',
  );
}
const numbered = (number: number): string => String(number).padStart(10, '0');

describe('one person is found, in whatever notation (B7)', () => {
  it.each<[string, number, contract.SearchItems]>([
    ['hiragana', 11, { name: 'たかはしひろし' }],
    ['half-width kana', 11, { name: 'ﾀｶﾊｼ ﾋﾛｼ' }],
    ['a variant of the kanji', 11, { name: '高橋浩' }],
    ['a voice mark left out', 14, { name: 'ナカシマコウジ' }],
    ['a long vowel in another way', 16, { name: 'オータユー' }],
    ['a foreign name in another order', 15, { name: 'Anh Nguyen Van' }],
    [
      'a foreign name in small letters, in part',
      15,
      { name: 'nguyen anh', dateOfBirth: '1995-04-01' },
    ],
    ['one wrong kana in the given name', 11, { name: 'タカハシ ヒロキ' }],
    ['one wrong kana in the family name, without a space', 11, { name: 'タカハチヒロシ' }],
    ['one kana too many', 14, { name: 'ナカジママ コウジ', dateOfBirth: '昭和30年' }],
    ['one wrong digit of the birth date', 11, { name: '高橋浩', dateOfBirth: '1963-05-11' }],
    ['an address as it is said', 14, { address: '一之江町10' }],
    ['an address with city and full-width digits', 11, { address: '江戸川区中葛西１－２－３' }],
    ['a telephone number with a country code', 1, { telephone: '+81 90 1234 5678' }],
    ['a number of the register', 12, { addresseeNumber: '0000000012' }],
    ['a birth date in era notation', 12, { dateOfBirth: 'S46.6.7', name: 'サイトウ' }],
  ])('by %s', async (_how, number, items) => {
    expect((await foundBy(items))[0]).toBe(numbered(number));
  });

  it('and what was not equal is near: 斉 and 斎 are two names', async () => {
    const { candidates } = await search({ name: '斉藤譲' });
    expect(candidates.map(({ items }) => items.name)).toEqual(['match', 'near']);
    expect(await foundBy({ name: '斉藤譲' })).toEqual([numbered(12), numbered(13)]);
  });
});

describe('which of many it is', () => {
  it('is asked for, not shown', async () => {
    expect(await search({ name: 'サトウミノル' })).toEqual({
      outcome: 'ask-more',
      candidates: [],
      askFor: ['dateOfBirth', 'address', 'ticketNumber', 'telephone'],
      unreadable: [],
    });
    const answer = await search({ name: 'サトウミノル', dateOfBirth: '昭和27年' });
    expect(answer).toMatchObject({ outcome: 'candidates', candidates: [{}] });
    expect(answer.askFor).toContain('dateOfBirth');
  });

  it('is never said by the answer: no item of the register is in it', async () => {
    const text = JSON.stringify(await search({ name: 'タカハシヒロシ' }));
    for (const hidden of ['髙橋', '1962', '中葛西', await world.idOf(numbered(11))])
      expect(text).not.toContain(hidden);
  });

  it('is another number in another case', async () => {
    const [one, other] = await Promise.all([
      search({ name: 'タカハシヒロシ' }),
      search({ name: 'タカハシヒロシ' }),
    ]);
    expect(one.candidates[0]?.candidate).not.toBe(other.candidates[0]?.candidate);
  });
});

describe('who cannot be found', () => {
  const nobody = { outcome: 'none', candidates: [] };
  it.each<[string, contract.SearchItems, contract.SearchItems]>([
    ['by name', { name: '佐藤幸子' }, { name: '山田幸江' }],
    ['by telephone', { telephone: '080-1111-2222' }, { telephone: '080-1111-2223' }],
    ['by number', { addresseeNumber: '0000000002' }, { addresseeNumber: '0000000099' }],
    ['by household', { address: '平井1-2-3' }, { address: '平井1-2-9' }],
    ['mistyped', { name: 'サトウ サチカ' }, { name: 'ヤマダ サチカ' }],
    ['moved away', { name: '鈴木一郎' }, { name: '鈴本一郎' }],
  ])('answers like an unknown person: %s', async (_how, hidden, unknown) => {
    const answers = [await search(hidden), await search(unknown)];
    expect(answers[0]).toEqual(answers[1]);
    expect(answers[0]).toMatchObject(nobody);
  });
});

describe('a search', () => {
  it('is in the log with what was given, also when it finds nobody', async () => {
    const desk = await world.desk();
    await search({ name: '誰もいない', telephone: 'x' }, desk);
    const entries = (await world.audit()).filter((entry) => entry['caseId'] === desk.caseId);
    expect(entries).toMatchObject([
      {
        action: 'search',
        residents: [],
        detail: { given: ['name', 'telephone'], answer: 'none' },
      },
    ]);
    expect(JSON.stringify(entries)).not.toContain('誰もいない');
  });

  it('says what it cannot read, and that a year alone is too little', async () => {
    expect(await search({ dateOfBirth: '2月30日' })).toMatchObject({
      outcome: 'too-little',
      unreadable: ['dateOfBirth'],
    });
    expect(await search({ dateOfBirth: '昭和39年' })).toMatchObject({ outcome: 'too-little' });
  });

  it.each(['0000-01-01', '20000101', '0001-01-01', '9999-12-31', '2000-02-30', 'M1.1.25'])(
    'lives with any date (B51): %s',
    async (dateOfBirth) => {
      expect(['none', 'too-little']).toContain(
        (await search({ dateOfBirth, name: 'ダレカ' })).outcome,
      );
    },
  );

  it('needs a case, and ends with its limit (B1)', async () => {
    const desk = await world.desk();
    const { permit: _permit, ...without } = desk;
    const refused = await world.call(
      contract.searchCandidates,
      { purpose: 'reservation', items: { name: '髙橋浩' } },
      without,
    );
    expect(refused).toMatchObject({ refusal: { code: 'case_required' } });
    for (let turn = 0; turn < SEARCH_LIMITS.perCase; turn += 1)
      await search({ name: '髙橋浩' }, desk);
    expect(await search({ name: '髙橋浩' }, desk)).toEqual({
      outcome: 'closed',
      candidates: [],
      askFor: [],
      unreadable: [],
    });
  });
});
