import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { seedDemoDoses } from '@madoguchi/health-records/seed-demo/seed-demo';
import { calendarDate, newId } from '@madoguchi/kernel';
import { issueDemoTickets } from '@madoguchi/notices/seed-demo/seed-demo';
import { seedDemoCatalogue } from '@madoguchi/programme/seed-demo/seed-demo';
import { importResidents } from '@madoguchi/registry/import-residents/import-residents';
import { inventResidents } from '@madoguchi/registry/invent-residents/invent-residents';
import { writeResidentsFile } from '@madoguchi/registry/invent-residents/write-residents-file';
import { seedDemoProgramme } from '@madoguchi/reservations/seed-demo/seed-demo';
import { areFilled } from '@madoguchi/reservations/store/feed-store';
import type { RunningService, Runtime } from '@madoguchi/service';
import type { DemoSignIn } from '@madoguchi/staff/seed-demo/seed-demo';
import { seedDemoStaff } from '@madoguchi/staff/seed-demo/seed-demo';
import { freePort } from '@madoguchi/testing';
import type { TestWorld } from '@madoguchi/testing/test-world';
import { eventually, testWorld } from '@madoguchi/testing/test-world';
import { ALL_SERVICES } from '../start/services.ts';

export const CTI_TOKEN = 'a-token-for-tests-only';
const PEOPLE = 400;

/** A person to call as. */
export type Caller = {
  id: string;
  name: string;
  nameKana: string;
  dateOfBirth: string;
  address: string;
  telephone: string;
  ticketNumber: string;
};

async function startServices(world: TestWorld, port: number): Promise<(name: string) => Runtime> {
  const services = new Map<string, RunningService>();
  for (const service of ALL_SERVICES)
    services.set(
      service.name,
      await world.start(service, {
        TERMINAL_ENROLMENT: 'loopback',
        PORT: String(port),
        PUBLIC_URL: `http://localhost:${port}`,
        CTI_TOKEN,
        PRIVATE_PORT: '0',
      }),
    );
  return (name) => {
    const service = services.get(name);
    if (!service) throw new Error(name);
    return service.runtime;
  };
}

async function importPeople({ database, config }: Runtime): Promise<void> {
  const path = join(await mkdtemp(join(tmpdir(), 'madoguchi-city-')), 'residents.csv');
  const municipalityCode = config.MUNICIPALITY_CODE;
  await writeResidentsFile(
    path,
    inventResidents({ count: PEOPLE, seed: 3, today: calendarDate('2026-11-23') }),
  );
  await importResidents({
    database,
    path,
    municipalityCode,
    lookupKey: config.LOOKUP_KEY,
    who: { municipalityCode, actorId: 'test', role: 'service', correlationId: newId() },
  });
}

/** Every service over real servers, with a small invented city in it. */
export async function startCity(options: Parameters<typeof testWorld>[0] = {}) {
  const world = await testWorld(options);
  const port = await freePort();
  const runtimeOf = await startServices(world, port);
  await importPeople(runtimeOf('registry'));
  const seeded = await seedDemoStaff(runtimeOf('staff'));
  if (!seeded) throw new Error('no staff');
  await seedDemoCatalogue(runtimeOf('programme'));
  const count = async (service: string, table: string) =>
    (await world.sql<{ n: number }>(service, `SELECT count(*)::int AS n FROM ${table}`))[0]?.n ?? 0;
  const known = await count('registry', 'resident');
  await eventually(
    'all copies',
    async () => (await count('reservations', 'resident_copy')) === known,
  );
  await eventually(
    'the catalogue',
    async () => (await count('reservations', 'rulebook_copy')) === 1,
  );
  // Before that no seat is given.
  await eventually('every copy to be filled once', () =>
    areFilled(runtimeOf('reservations').database.read),
  );
  await seedDemoProgramme(runtimeOf('reservations'));
  await seedDemoDoses(runtimeOf('health-records'));
  await issueDemoTickets(runtimeOf('notices'));
  const tickets = await count('notices', 'ticket');
  await eventually('all tickets', async () => (await count('registry', 'ticket_copy')) === tickets);
  const callers = (condition: string): Promise<Caller[]> =>
    world.sql<Caller>(
      'registry',
      `SELECT r.id, r.name, r.name_kana AS "nameKana", r.date_of_birth AS "dateOfBirth", r.address,
         r.telephones[1] AS telephone, t.ticket_number AS "ticketNumber"
       FROM resident r JOIN ticket_copy t ON t.resident_id = r.id AND t.state = 'issued'
       WHERE r.birth_day BETWEEN '1940-01-01' AND '2005-01-01' AND r.name_kana IS NOT NULL
         AND r.resident_kind = '日本人' AND right(r.id::text, 1) <> '0' AND r.name !~ '[\\uE000-\\uF8FF]'
         AND ${condition} ORDER BY r.addressee_number`,
    );
  return {
    world,
    origin: `http://localhost:${port}`,
    runtimeOf,
    agentKey: seeded.agentKey,
    person(login: string): DemoSignIn {
      const found = seeded.signIns.find((one) => one.login === login);
      if (!found) throw new Error(login);
      return found;
    },
    callers,
    async telephone(event: Record<string, unknown>): Promise<Response> {
      return fetch(`http://localhost:${port}/api/v1/cti/${CTI_TOKEN}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(event),
      });
    },
  };
}
export type City = Awaited<ReturnType<typeof startCity>>;
