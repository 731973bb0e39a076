import * as contract from '@madoguchi/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Desk, RegistryWorld } from '../store/registry-world.fixture.ts';
import { csv, registryWorld } from '../store/registry-world.fixture.ts';

const now = new Date('2026-11-24T01:00:00Z');
const HEADER = '宛名番号,氏名,氏名カナ,性別,生年月日,世帯番号,住所';
const CHILD = '0000000011,渡邉　蓮,ワタナベ レン,1,20200707,1,東京都江戸川区西葛西６丁目２３番１号';

let world: RegistryWorld;
let hanako: string;
let ren: string;
beforeAll(async () => {
  world = await registryWorld({ now: () => now });
  await world.importText(csv([CHILD], HEADER));
  hanako = await world.idOf('0000000001');
  ren = await world.idOf('0000000011');
});
afterAll(() => world.stop());

const address = '西葛西6-23-1';
const mother = { name: 'ワタナベハナコ', dateOfBirth: 'S39.3.5', address };
const child = { name: 'ワタナベレン', dateOfBirth: 'R2.7.7', address };
type Extra = Partial<contract.RequestOf<typeof contract.verifyPerson>>;
const verify = async (
  desk: Desk & { grant?: string },
  items: contract.SpokenItems,
  extra: Extra = {},
) => {
  const request = { purpose: 'reservation' as const, items, ...extra };
  const answer = await world.call(contract.verifyPerson, request, desk);
  return answer.ok ? (answer.value.grant ?? answer.value.outcome) : answer.refusal.code;
};
const reveals = async (desk: Desk, grant: string, residentId: string) => {
  const asked = { residentId, purpose: 'reservation' as const };
  return (await world.call(contract.revealResident, asked, { ...desk, grant })).ok;
};

describe('one caller for several people', () => {
  it('gets a grant that names them all, each verified by their own items', async () => {
    const desk = await world.desk();
    const first = await verify(desk, mother);
    const wrong = { ...child, dateOfBirth: 'R2.7.8' };
    expect(await verify({ ...desk, grant: first }, wrong, { alongside: true })).toBe(
      'not-confirmed',
    );
    const both = await verify({ ...desk, grant: first }, child, { alongside: true });
    expect([await reveals(desk, both, hanako), await reveals(desk, both, ren)]).toEqual([
      true,
      true,
    ]);
    const renewed = await world.call(contract.renewGrant, {}, { ...desk, grant: both });
    expect(renewed.ok && (await reveals(desk, renewed.value.grant, ren))).toBe(true);
  });

  it('names only the last one where that was not asked for', async () => {
    const desk = await world.desk();
    const first = await verify(desk, mother);
    const second = await verify({ ...desk, grant: first }, child);
    expect([await reveals(desk, second, hanako), await reveals(desk, second, ren)]).toEqual([
      false,
      true,
    ]);
  });

  it('is refused without somebody verified before for the same purpose', async () => {
    const desk = await world.desk();
    expect(await verify(desk, child, { alongside: true })).toBe('grant_required');
    const grant = await verify(desk, mother);
    const other = { alongside: true, purpose: 'reissue' as const };
    expect(await verify({ ...desk, grant }, child, other)).toBe('grant_required');
  });
});
