import { createHmac } from 'node:crypto';
import type { ApprovalUrls } from '../../ground/approval-link.ts';

/** How a bot of Feishu knows us: the key is time and secret, what is signed is empty (its guide to custom bots). */
export function feishuSignature(secret: string, now: number): { timestamp: string; sign: string } {
  const timestamp = String(Math.floor(now / 1_000));
  return { timestamp, sign: createHmac('sha256', `${timestamp}\n${secret}`).digest('base64') };
}

/** A card whose buttons open links, all that a custom bot's buttons may do (its guide to cards). */
export function feishuCard(text: string, { allow_url, deny_url }: ApprovalUrls): object {
  const button = (content: string, url: string, type: string) => ({
    ...{ tag: 'button', text: { tag: 'plain_text', content }, url, type },
  });
  return {
    elements: [
      { tag: 'div', text: { tag: 'plain_text', content: text } },
      {
        tag: 'action',
        actions: [button('Allow once', allow_url, 'primary'), button('Deny', deny_url, 'default')],
      },
    ],
  };
}
