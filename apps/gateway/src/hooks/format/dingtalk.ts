import { createHmac } from 'node:crypto';
import type { ApprovalUrls } from '../../ground/approval-link.ts';
import { escapeMarkdown } from './escape-markdown.ts';

/** The address of a bot of DingTalk with its signature over time, in milliseconds, and secret (its guide to custom bots). */
export function dingTalkUrl(url: string, secret: string, now: number): string {
  const signed = new URL(url);
  signed.searchParams.set('timestamp', String(now));
  signed.searchParams.set('sign', createHmac('sha256', secret).update(`${now}\n${secret}`).digest('base64'));
  return signed.href;
}

/** A card of DingTalk: its text is Markdown, its buttons open links (its guide to custom bots, ActionCard). */
export function dingTalkCard(
  { words, link }: { words: string; link: string },
  { allow_url, deny_url }: ApprovalUrls,
): object {
  return {
    title: words,
    text: `${escapeMarkdown(words)}\n\n[Open the session](${link})`,
    btnOrientation: '1',
    btns: [
      { title: 'Allow once', actionURL: allow_url },
      { title: 'Deny', actionURL: deny_url },
    ],
  };
}
