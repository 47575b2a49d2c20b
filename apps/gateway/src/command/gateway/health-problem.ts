import type { Door } from './own-door.ts';

/** How long a gateway may take to say that it is well, ms. */
const answerMs = 10_000;

/** Why the gateway behind a door does not say that it is well; undefined if it does. */
export async function healthProblem({ url, fetch: send = fetch }: Door): Promise<string | undefined> {
  try {
    const answer = await send(new URL('/health', url), { signal: AbortSignal.timeout(answerMs) });
    await answer.body?.cancel();
    return answer.ok ? undefined : `it says ${answer.status}`;
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    return cause instanceof Error ? cause.message : String(cause);
  }
}
