import { z } from 'zod';

/** How long a gateway may take to say what it is, ms. */
const answerMs = 10_000;

const health = z.object({ status: z.enum(['ok', 'stopping']) });

/** Whether a gateway answers at an address, be it that it is stopping. */
export async function isGatewayAt(url: string): Promise<boolean> {
  try {
    const answer = await fetch(new URL('/health', url), { signal: AbortSignal.timeout(answerMs) });
    return health.safeParse(await answer.json()).success;
  } catch {
    return false;
  }
}
