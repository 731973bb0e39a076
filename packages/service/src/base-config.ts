import type { Lane } from '@madoguchi/contracts';
import { LANES } from '@madoguchi/contracts';
import { z } from 'zod';

const jsonOf = <S extends z.ZodType>(schema: S) =>
  z
    .string()
    .transform((text, context) => {
      try {
        return JSON.parse(text) as unknown;
      } catch {
        context.addIssue('is not JSON');
        return z.NEVER;
      }
    })
    .pipe(schema);

const Jwk = z.record(z.string(), z.unknown());
const Key = z.object({ kid: z.string(), issuer: z.string(), jwk: Jwk });

/** What every service is told, read from the environment. Secrets have no default. */
export const baseConfig = {
  DATABASE_URL: z.url().optional(),
  /** Owning role, for migrations at start; absent when they are run beforehand. */
  DATABASE_OWNER_URL: z.url().optional(),
  /** Role that is granted its rights after a migration. */
  DATABASE_APP_ROLE: z.string().optional(),
  DATABASE_POOL_SIZE: z.coerce.number().int().min(2).max(200).default(10),
  NATS_URL: z.string(),
  NATS_NKEY_SEED: z.string().optional(),
  /** 0 takes any free port; absent opens none. */
  PRIVATE_PORT: z.coerce.number().int().min(0).max(65_535).optional(),
  PRIVATE_HOST: z.string().default('127.0.0.1'),
  MUNICIPALITY_CODE: z
    .string()
    .regex(/^\d{6}$/)
    .default('131237'),
  /** Public keys of all issuers: [{kid, issuer, jwk}]. */
  VERIFY_KEYS: jsonOf(z.array(Key).min(1)),
  /** This service's own private key. */
  SIGNING_KEY: jsonOf(Key).optional(),
  /** 32 bytes in base64url, shared by all services: seals event payloads. */
  EVENT_KEY: z.string().min(43),
  /** 32 bytes in base64url, shared by calls and registry: digests of calling numbers. */
  LOOKUP_KEY: z.string().min(43),
  /** Whose requests this process serves: where there is a process for each, neither waits for the other. */
  LANES: z
    .enum(['all', 'staff', 'public'])
    .default('all')
    .transform((one): readonly Lane[] => (one === 'all' ? LANES : [one])),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
  OTEL_EXPORTER_OTLP_ENDPOINT: z.url().optional(),
};

export const BaseConfig = z.object(baseConfig);
export type BaseConfig = z.infer<typeof BaseConfig>;

/** Configuration that cannot be started with; says every fault at once, and no value. */
export class ConfigurationFault extends Error {
  override readonly name = 'ConfigurationFault';
}

/** Reads a service's configuration, or fails with every fault at once. */
export function readConfig<S extends z.ZodRawShape>(
  shape: S,
  environment: Record<string, string | undefined>,
): BaseConfig & z.output<z.ZodObject<S>> {
  const parsed = BaseConfig.extend(shape).safeParse(environment);
  if (!parsed.success) {
    const faults = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
    throw new ConfigurationFault(`configuration: ${faults.join('; ')}`);
  }
  return parsed.data as unknown as BaseConfig & z.output<z.ZodObject<S>>;
}
