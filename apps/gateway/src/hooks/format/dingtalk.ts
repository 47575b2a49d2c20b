import { createHmac } from 'node:crypto';

/** The address of a bot of DingTalk with its signature over time, in milliseconds, and secret (its guide to custom bots). */
export function dingTalkUrl(url: string, secret: string, now: number): string {
  const signed = new URL(url);
  signed.searchParams.set('timestamp', String(now));
  signed.searchParams.set('sign', createHmac('sha256', secret).update(`${now}\n${secret}`).digest('base64'));
  return signed.href;
}
