import { TOKEN_LIFETIME_MS } from '@madoguchi/contracts';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { describe, expect, it } from 'vitest';
import { createTokens, generateSigningKey, importKey, POLICY_VERSION } from './index.ts';

const staff = await generateSigningKey('staff');
const calls = await generateSigningKey('calls');
const registry = await generateSigningKey('registry');
const ring = [staff, calls, registry].map((pair) => pair.verification);

let time = Date.parse('2026-11-23T03:00:00Z');
const clock = { now: () => new Date(time) };
const caseId = '01900000-0000-7000-8000-000000000001';
const actor = {
  sub: 'w1',
  role: 'operator' as const,
  municipalityCode: '131237',
  organisation: 'contractor',
  sessionId: 's1',
  terminalEnrolled: true,
  withinHours: true,
  policyVersion: POLICY_VERSION,
};
const permit = {
  caseId,
  kind: 'call' as const,
  operatorId: 'w1',
  municipalityCode: '131237',
  atDesk: false,
};
/** The order of the group (RFC 8032 §5.1): S and S + order satisfy the same equation, only S is a signature. */
const ORDER = 2n ** 252n + 27_742_317_777_372_353_535_851_937_790_883_648_493n;
/** The same signature with S + order for S; little endian as the RFC has it. */
function unreduced(signature: string): string {
  const bytes = Buffer.from(signature, 'base64url');
  let scalar = BigInt(`0x${Buffer.from(bytes.subarray(32).toReversed()).toString('hex')}`) + ORDER;
  for (let at = 32; at < 64; at++, scalar >>= 8n) bytes[at] = Number(scalar & 255n);
  return bytes.toString('base64url');
}
const signer = (pair: typeof staff) => createTokens({ signing: pair.signing, ring, clock });

describe('tokens', () => {
  it('say what was signed, until they expire', async () => {
    const { token } = await signer(staff).sign('actor', actor, TOKEN_LIFETIME_MS.actor);
    const verifier = createTokens({ ring, clock });
    expect(await verifier.verify('actor', token)).toMatchObject({ ok: true, value: actor });
    time += TOKEN_LIFETIME_MS.actor + 1000;
    expect(await verifier.verify('actor', token)).toMatchObject({ ok: false });
    time = Date.parse('2026-11-23T03:00:00Z');
  });

  it('are good for their own kind only', async () => {
    const { token } = await signer(calls).sign('permit', permit, 60_000);
    const verifier = createTokens({ ring, clock });
    expect(await verifier.verify('permit', token)).toMatchObject({ ok: true });
    expect(await verifier.verify('grant', token)).toMatchObject({ ok: false });
    expect(await verifier.verify('actor', token)).toMatchObject({ ok: false });
  });

  it('cannot be signed by another service than their issuer', async () => {
    await expect(signer(registry).sign('permit', permit, 60_000)).rejects.toThrow('may not sign');
    await expect(
      signer(calls).sign('actor', { ...actor, role: 'operator' }, 60_000),
    ).rejects.toThrow('may not sign');
  });

  it('let a service name itself and nobody else', async () => {
    const self = { ...actor, role: 'service' as const, sub: 'calls' };
    const { token } = await signer(calls).sign('actor', self, 60_000);
    expect(await createTokens({ ring, clock }).verify('actor', token)).toMatchObject({ ok: true });
    await expect(signer(calls).sign('actor', { ...self, sub: 'registry' }, 60_000)).rejects.toThrow(
      'may not sign',
    );
  });

  it('end with their case or session, also those already verified', async () => {
    const verifier = createTokens({ ring, clock });
    const { token } = await signer(calls).sign('permit', permit, 60_000);
    const signed = await signer(staff).sign('actor', actor, 60_000);
    expect(await verifier.verify('permit', token)).toMatchObject({ ok: true });
    verifier.revoke(caseId);
    verifier.revoke('s1');
    expect(await verifier.verify('permit', token)).toMatchObject({ ok: false });
    expect(await verifier.verify('actor', signed.token)).toMatchObject({ ok: false });
  });

  it('refuse forged ones: unsigned, HMAC with the public key, unknown key, changed claim (B34, B47)', async () => {
    const verifier = createTokens({ ring, clock });
    const { token } = await signer(staff).sign('actor', actor, 60_000);
    const [head, body, signature] = token.split('.') as [string, string, string];
    const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const claims: unknown = JSON.parse(Buffer.from(body, 'base64url').toString());
    const raised = encode({ ...(claims as object), role: 'city-staff' });
    const hmac = await new SignJWT(claims as Record<string, unknown>)
      .setProtectedHeader({ alg: 'HS256', kid: staff.verification.kid, typ: 'md-actor+jwt' })
      .sign(new TextEncoder().encode(JSON.stringify(staff.verification.jwk)));
    const stranger = await generateSigningKey('staff');
    const unknown = await new SignJWT(claims as Record<string, unknown>)
      .setProtectedHeader({ alg: 'EdDSA', kid: stranger.signing.kid, typ: 'md-actor+jwt' })
      .sign(await importKey(stranger.signing.jwk));
    const none = `${encode({ alg: 'none', typ: 'md-actor+jwt', kid: staff.verification.kid })}.${body}.`;
    for (const forged of [`${head}.${raised}.${signature}`, hmac, unknown, none, '', 'a.b.c'])
      expect(await verifier.verify('actor', forged)).toMatchObject({ ok: false });
  });

  it('refuse well-signed ones that are not what they should be', async () => {
    const verifier = createTokens({ ring, clock });
    const { token } = await signer(staff).sign('actor', actor, 60_000);
    const [head, body, signature] = token.split('.') as [string, string, string];
    const claims = JSON.parse(Buffer.from(body, 'base64url').toString()) as Record<string, unknown>;
    const typ = 'md-actor+jwt';
    const signed = async (by: typeof staff, given: object, header: object = { typ }) =>
      new SignJWT({ ...claims, ...given })
        .setProtectedHeader({ alg: 'EdDSA', kid: by.signing.kid, ...header })
        .sign(await importKey(by.signing.jwk));
    expect(await verifier.verify('actor', await signed(staff, {}))).toMatchObject({ ok: true });
    for (const wrong of [
      await signed(calls, {}),
      await signed(staff, { exp: Math.floor(time / 1000) }),
      await signed(staff, { exp: undefined }),
      await signed(staff, {}, { typ: 'md-grant+jwt' }),
      await signed(staff, {}, {}),
      await signed(staff, {}, { typ, crit: ['b64'], b64: true }),
      `${head}.${body}.${signature}==`,
      `${head}.${body}.${signature.slice(1)}`,
      `${head}.${body}.${unreduced(signature)}`,
      `${head}.${body}.${signature}.${signature}`,
      `${body}.${head}.${signature}`,
    ])
      expect(await verifier.verify('actor', wrong)).toMatchObject({ ok: false });
  });
  it('are read with Ed25519 keys only', async () => {
    const { publicKey } = await generateKeyPair('ECDH-ES', { crv: 'X25519', extractable: true });
    const jwk = await exportJWK(publicKey);
    const other = [{ ...staff.verification, jwk }];
    expect(() => createTokens({ ring: other, clock })).toThrow('no Ed25519 public key');
    const short = [{ ...staff.verification, jwk: { ...staff.verification.jwk, x: 'AAAA' } }];
    expect(() => createTokens({ ring: short, clock })).toThrow('no Ed25519 public key');
  });
});
