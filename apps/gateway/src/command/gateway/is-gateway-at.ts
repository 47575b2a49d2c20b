import { z } from 'zod';
import type { Door } from './own-door.ts';

/** How long a gateway may take to say what it is, ms. */
const answerMs = 10_000;

const health = z.object({ status: z.enum(['ok', 'stopping']) });

/** Whether a gateway answers behind a door, be it that it is stopping. */
export async function isGatewayAt({ url, fetch: send = fetch }: Door): Promise<boolean> {
  try {
    const answer = await send(new URL('/health', url), { signal: AbortSignal.timeout(answerMs) });
    return health.safeParse(await answer.json()).success;
  } catch {
    return false;
  }
}
