import type { ApprovalUrls } from '../../ground/approval-link.ts';
import type { HookTarget } from '../../settings/hooks-settings.ts';
import type { HookMessage } from '../hook-message.ts';
import { toWords } from '../to-words.ts';
import { dingTalkCard, dingTalkUrl } from './dingtalk.ts';
import { feishuCard, feishuSignature } from './feishu.ts';
import { slackText } from './slack.ts';
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
  /** Where a person answers without a sign-in; undefined: nowhere. */
  approval?: ApprovalUrls | undefined;
  /** Of this attempt, Unix milliseconds. */
  now: number;
};

/** A message in the format of its receiver, signed as that receiver expects it. */
export function toRequest({ target, eventId, message, link, approval, now }: RequestOptions): HookRequest {
  const { url, secret } = target;
  const words = () => toWords(message);
  const text = () => `${words()}\n${link}`;
  switch (target.format) {
    case 'json': {
      const data = { ...message.data, link, ...(approval && { approval }) };
      const body = JSON.stringify({ ...message, data });
      return { url, body, headers: standardHeaders({ secret, id: eventId, body, now }) };
    }
    case 'slack':
      return { url, headers: {}, body: JSON.stringify({ text: slackText(text(), approval) }) };
    case 'feishu': {
      const content = approval
        ? { msg_type: 'interactive', card: feishuCard(text(), approval) }
        : { msg_type: 'text', content: { text: text() } };
      const signature = secret === undefined ? {} : feishuSignature(secret, now);
      return { url, headers: {}, body: JSON.stringify({ ...signature, ...content }) };
    }
    case 'dingtalk': {
      const content = approval
        ? { msgtype: 'actionCard', actionCard: dingTalkCard({ words: words(), link }, approval) }
        : { msgtype: 'text', text: { content: text() } };
      const address = secret === undefined ? url : dingTalkUrl(url, secret, now);
      return { url: address, headers: {}, body: JSON.stringify(content) };
    }
  }
}
