import { describe, expect, it } from 'vitest';
import { killCampaign } from './kill-campaign.ts';

describe('kill -9 of service, NATS and PostgreSQL at random moments (F1–F4, F6, F8, F16)', () => {
  it('loses nothing that was acknowledged, and the checker finds the run whole', async () => {
    const result = await killCampaign({
      seconds: 30,
      callersPerSecond: 100,
      lives: [2_000, 8_000],
    });
    expect(result).toMatchObject({
      undecided: 0,
      internal_faults: 0,
      findings: 0,
      checker_exit_code: 0,
    });
    expect(result['bookings']).toBeGreaterThan(2_000);
    expect(result['sessions_closed_or_cut']).toBeGreaterThanOrEqual(1);
    for (const part of ['service', 'nats', 'postgresql'])
      expect(result[`kills_${part}`]).toBeGreaterThanOrEqual(1);
  }, 240_000);
});
