import { GenericContainer, Wait } from 'testcontainers';

const PASSWORD = 'only-in-tests';

/** The same PostgreSQL from a container, for `TEST_BACKEND=containers`. */
export async function startContainerPostgres() {
  const container = await new GenericContainer(process.env['TEST_POSTGRES_IMAGE'] ?? 'postgres:18')
    .withEnvironment({ POSTGRES_PASSWORD: PASSWORD, POSTGRES_INITDB_ARGS: '--locale=C.UTF-8' })
    .withCommand(['postgres', '-c', 'fsync=off', '-c', 'max_connections=300'])
    .withExposedPorts(5432)
    .withWaitStrategy(Wait.forLogMessage(/ready to accept connections/, 2))
    .start();
  return {
    adminUrl: (database = 'postgres') =>
      `postgresql://postgres:${PASSWORD}@${container.getHost()}:${container.getMappedPort(5432)}/${database}`,
    stop: async () => void (await container.stop()),
  };
}
