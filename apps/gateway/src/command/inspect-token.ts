import { decodeToken } from '../auth/decode-token.ts';
import type { VerifyToken } from '../auth/verify-token.ts';

/** What a token says of itself, and whether the gateway would take it now; a client is told less. */
export async function inspectToken(token: string, verify: VerifyToken) {
  const verdict = await verify(token).then(
    ({ subject, botId, role }) => ({ good: true as const, subject, bot_id: botId, role }),
    (error: Error) => ({ good: false as const, reason: error.message, detail: causeOf(error) }),
  );
  return { ...verdict, ...decodeToken(token) };
}

const causeOf = ({ cause }: Error) => (cause instanceof Error ? cause.message : undefined);
