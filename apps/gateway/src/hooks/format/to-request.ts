import type { HookTarget } from '../../settings/hooks-settings.ts';
import type { HookMessage } from '../hook-message.ts';
import { toWords } from '../to-words.ts';
import { dingTalkUrl } from './dingtalk.ts';
import { feishuSignature } from './feishu.ts';
import { standardHeaders } from './standard-webhook.ts';

/** What is sent to an address. */
export type HookRequest = { url: string; headers: Record<string, string>; body: string };

type RequestOptions = {
  target: HookTarget & { url: string };
  /** Of the event: the same for every attempt. */
  eventId: string;
  message: HookMessage;
  /** Where a person looks at the session. */
  link: string;
  /** Of this attempt, Unix milliseconds. */
  now: number;
};

/** A message in the format of its receiver, signed as that receiver expects it. */
export function toRequest({ target, eventId, message, link, now }: RequestOptions): HookRequest {
  const { url, secret } = target;
  const words = () => `${toWords(message)}\n${link}`;
  switch (target.format) {
    case 'json': {
      const body = JSON.stringify({ ...message, data: { ...message.data, link } });
      return { url, body, headers: standardHeaders({ secret, id: eventId, body, now }) };
    }
    case 'slack':
      return { url, headers: {}, body: JSON.stringify({ text: escapeSlack(words()) }) };
    case 'feishu': {
      const content = { msg_type: 'text', content: { text: words() } };
      const signature = secret === undefined ? {} : feishuSignature(secret, now);
      return { url, headers: {}, body: JSON.stringify({ ...signature, ...content }) };
    }
    case 'dingtalk': {
      const body = JSON.stringify({ msgtype: 'text', text: { content: words() } });
      return { url: secret === undefined ? url : dingTalkUrl(url, secret, now), headers: {}, body };
    }
  }
}

/** The three characters that mean something in a text of Slack (its reference on formatting). */
function escapeSlack(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
