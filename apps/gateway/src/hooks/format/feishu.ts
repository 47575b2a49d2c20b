import { createHmac } from 'node:crypto';

/** How a bot of Feishu knows us: the key is time and secret, what is signed is empty (its guide to custom bots). */
export function feishuSignature(secret: string, now: number): { timestamp: string; sign: string } {
  const timestamp = String(Math.floor(now / 1_000));
  return { timestamp, sign: createHmac('sha256', `${timestamp}\n${secret}`).digest('base64') };
}
