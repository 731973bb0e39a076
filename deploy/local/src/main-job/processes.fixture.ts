import { spawn } from 'node:child_process';
import { readdirSync, readFileSync, renameSync } from 'node:fs';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort } from '@madoguchi/testing';
import pg from 'pg';
import { databaseOf } from '../start/servers.ts';

type DemoFile = {
  url: string;
  ctiToken: string;
  postgresAdminUrl: string;
  signIns: { login: string; password: string; totpSecret: string }[];
  callers: {
    kind: string;
    name: string;
    nameKana: string;
    dateOfBirth: string;
    address: string;
    telephone: string;
    ticketNumber: string;
  }[];
};

/** The process whose command line has a text, of this test's installation: that of operators, or of the public. */
function pidOf(text: string, home: string, ofPublic: boolean): number {
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/u.test(name)) continue;
    try {
      const command = readFileSync(`/proc/${name}/cmdline`, 'utf8');
      const environment = readFileSync(`/proc/${name}/environ`, 'utf8');
      const ours = environment.includes(home) && environment.includes('LANES=public') === ofPublic;
      if (command.includes(text) && ours) return Number(name);
    } catch {
      // Gone in the meantime, or not ours to look at.
    }
  }
  throw new Error(`no process ${text}`);
}

/** `npm start -- --processes` with a home of its own, and the means to kill any part of it. */
export async function startProcesses(given?: { home: string; port: number }) {
  const home = given?.home ?? (await mkdtemp(join(tmpdir(), 'madoguchi-processes-')));
  await chmod(home, 0o711);
  const child = spawn(
    process.execPath,
    [fileURLToPath(new URL('../main.ts', import.meta.url)), '--processes'],
    {
      env: {
        ...process.env,
        MADOGUCHI_HOME: home,
        PORT: String(given?.port ?? (await freePort())),
        RESIDENTS: '400',
        LOG_LEVEL: 'error',
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (text: Buffer) => (output += text.toString()));
  await new Promise<void>((resolve, reject) => {
    child.stdout.on('data', () => output.includes('Madoguchi is ready') && resolve());
    child.once('exit', () => reject(new Error(output)));
  });
  const demo = JSON.parse(readFileSync(join(home, 'demo.json'), 'utf8')) as DemoFile;
  return {
    demo,
    home,
    output: () => output,
    databaseUrl(service: string): string {
      const url = new URL(demo.postgresAdminUrl);
      url.pathname = `/${databaseOf(service)}`;
      return url.href;
    },
    async sql<Row>(service: string, text: string, values: unknown[] = []): Promise<Row[]> {
      const client = new pg.Client({ connectionString: this.databaseUrl(service) });
      await client.connect();
      try {
        return (await client.query(text, values)).rows as Row[];
      } finally {
        await client.end();
      }
    },
    /** SIGKILL, as a crash would; NATS may lose its disk with it. */
    kill(victim: string, options: { forgetting?: boolean; ofPublic?: boolean } = {}): void {
      if (victim === 'PostgreSQL')
        process.kill(
          Number(readFileSync(join(home, 'postgres/data/postmaster.pid'), 'utf8').split('\n')[0]),
          'SIGKILL',
        );
      else if (victim === 'NATS') {
        // Before the end: the one that is started again at once must not find it.
        if (options.forgetting)
          renameSync(join(home, 'nats/jetstream'), join(home, 'nats/jetstream.lost'));
        process.kill(Number(readFileSync(join(home, 'nats/nats.pid'), 'utf8')), 'SIGKILL');
      } else
        process.kill(pidOf(`/${victim}/src/main.ts`, home, options.ofPublic === true), 'SIGKILL');
    },
    /** @param keep leaves the folder where it is */
    async stop(keep = false): Promise<number | null> {
      const ended = new Promise<number | null>((resolve) =>
        child.once('exit', (code) => resolve(code)),
      );
      child.kill('SIGINT');
      const code = await ended;
      if (!keep) await rm(home, { recursive: true, force: true });
      return code;
    },
  };
}
