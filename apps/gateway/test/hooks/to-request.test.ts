import { createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import type { ApprovalUrls } from '../../src/ground/approval-link.ts';
import { standardHeaders } from '../../src/hooks/format/standard-webhook.ts';
import { toOutcome } from '../../src/hooks/format/to-outcome.ts';
import { toRequest } from '../../src/hooks/format/to-request.ts';
import type { HookMessage } from '../../src/hooks/hook-message.ts';
import { hookTarget } from './targets.ts';

const message: HookMessage = {
  ...{ type: 'done', timestamp: '2026-01-01T00:00:00.000Z' },
  data: {
    session: { id: '12345678', worker_type: 'demo', owner: 'ann', title: 'a < b & c' },
    event: { id: 'evt_1', seq: 1, type: 'done', data: { success: true } },
  },
};
const requestTo = (given: Parameters<typeof hookTarget>[0], approval?: ApprovalUrls) =>
  toRequest({
    target: { url: 'https://receiver.example/hook', ...hookTarget(given) },
    ...{ eventId: 'evt_1', message, link: 'https://chat.example/?s=1', now: 1_700_000_000_999, approval },
  });

/** The reference vector of Standard Webhooks, as its own libraries have it in their tests. */
test('the signature is that of Standard Webhooks', () => {
  const headers = standardHeaders({
    ...{ secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', id: 'msg_p5jXN8AQM9LWM0D4loKWxJek' },
    ...{ body: '{"test": 2432232314}', now: 1_614_265_330_000 },
  });
  expect(headers).toEqual({
    ...{ 'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek', 'webhook-timestamp': '1614265330' },
    'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
  });
});

test('the signature is over what is sent, with a secret of any form', () => {
  const { headers, body } = requestTo({ secret: 'sixteen characters' });
  const signature = createHmac('sha256', 'sixteen characters')
    .update(`evt_1.1700000000.${body}`)
    .digest('base64');
  expect(headers['webhook-signature']).toBe(`v1,${signature}`);
  expect(JSON.parse(body)).toMatchObject({ type: 'done', data: { link: 'https://chat.example/?s=1' } });
});

test('without a secret nothing claims to be signed', () => {
  expect(requestTo({}).headers).toEqual({ 'webhook-id': 'evt_1', 'webhook-timestamp': '1700000000' });
});

test('Slack is given a text in which nothing is markup', () => {
  expect(JSON.parse(requestTo({ format: 'slack' }).body)).toEqual({
    text: 'a &lt; b &amp; c is done.\nhttps://chat.example/?s=1',
  });
});

test('Feishu is given a text, the time in seconds and its signature', () => {
  const secret = 'feishu-secret-0123';
  const sign = createHmac('sha256', `1700000000\n${secret}`).update('').digest('base64');
  expect(JSON.parse(requestTo({ format: 'feishu', secret }).body)).toEqual({
    ...{ timestamp: '1700000000', sign, msg_type: 'text' },
    content: { text: 'a < b & c is done.\nhttps://chat.example/?s=1' },
  });
});

test('DingTalk is given a text, and its signature in the address', () => {
  const secret = 'SEC0123456789abcdef';
  const url = new URL(
    requestTo({ format: 'dingtalk', secret, url: 'https://oapi.example/send?access_token=t' }).url,
  );
  const sign = createHmac('sha256', secret).update(`1700000000999\n${secret}`).digest('base64');
  expect(Object.fromEntries(url.searchParams)).toEqual({
    access_token: 't',
    timestamp: '1700000000999',
    sign,
  });
});

const approval: ApprovalUrls = {
  ...{ allow_url: 'https://chat.example/approve?link=t&answer=allow' },
  ...{ deny_url: 'https://chat.example/approve?link=t&answer=deny', expires_at: '2026-01-01T00:15:00.000Z' },
};

test('links to answer by are fields of the JSON, links of a text for Slack, and buttons that open them elsewhere', () => {
  expect(JSON.parse(requestTo({}, approval).body).data).toMatchObject({ approval });
  expect(JSON.parse(requestTo({}).body).data).not.toHaveProperty('approval');
  expect(JSON.parse(requestTo({ format: 'slack' }, approval).body)).toEqual({
    text:
      'a &lt; b &amp; c is done.\nhttps://chat.example/?s=1\n' +
      '<https://chat.example/approve?link=t&amp;answer=allow|Allow once> · <https://chat.example/approve?link=t&amp;answer=deny|Deny>',
  });
  const { card } = JSON.parse(requestTo({ format: 'feishu' }, approval).body);
  expect(card.elements[1].actions.map(({ url }: { url: string }) => url)).toEqual([
    approval.allow_url,
    approval.deny_url,
  ]);
  expect(JSON.parse(requestTo({ format: 'dingtalk' }, approval).body).actionCard).toMatchObject({
    text: 'a \\< b \\& c is done\\.\n\n[Open the session](https://chat.example/?s=1)',
    btns: [{ actionURL: approval.allow_url }, { actionURL: approval.deny_url }],
  });
});

test.each([
  ['json', 204, '', { taken: true }],
  ['slack', 500, 'no', { taken: false, final: false }],
  ['json', 410, '', { taken: false, final: true }],
  ['json', 302, '', { taken: false, final: false }],
  ['feishu', 200, '{"code":0,"msg":"success"}', { taken: true }],
  [
    'feishu',
    200,
    '{"code":19021,"msg":"sign match fail"}',
    { taken: false, problem: 'the bot answers sign match fail' },
  ],
  ['dingtalk', 200, '{"errcode":0,"errmsg":"ok"}', { taken: true }],
  ['dingtalk', 200, '{"errcode":310000,"errmsg":"keywords not in content"}', { taken: false }],
  ['dingtalk', 200, '<html>', { taken: false }],
])('an answer to %s: %i %s', (format, status, body, outcome) => {
  expect(toOutcome(format, { status, body })).toMatchObject(outcome);
});
