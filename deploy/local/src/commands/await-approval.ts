import type { Refusal, Result } from '@madoguchi/kernel';

/** What the second person said is told by an event, which is a moment behind it. */
const TRIES = 6;
const SOON_MS = 1_000;

/** Does it again, as the answer says when, while the approval that it needs is on its way; says so once. */
export async function awaitApproval<Done, Why extends Refusal>(
  act: () => Promise<Result<Done, Why>>,
): Promise<Result<Done, Why>> {
  for (let tries = 1; ; tries += 1) {
    const answer = await act();
    if (answer.ok || answer.refusal.code !== 'approval_not_here_yet' || tries === TRIES)
      return answer;
    if (tries === 1) process.stderr.write('The approval is not here yet; waiting for it …\n');
    const wait = answer.refusal.details?.['retryAfterMs'];
    await new Promise((resolve) => {
      setTimeout(resolve, typeof wait === 'number' ? wait : SOON_MS);
    });
  }
}
