import { expect, test } from 'vitest';
import { toPrompt } from '../src/to-prompt.ts';
import { toUserMessage } from '../src/to-user-message.ts';
import type { AepUIMessage } from '../src/ui-message.ts';
import { logOf } from './turn-script.ts';

const message = (...parts: AepUIMessage['parts']): AepUIMessage => ({ id: 'u1', role: 'user', parts });

test('[I1] text, images and uploaded files of a message become a prompt', () => {
  expect(
    toPrompt(
      message(
        { type: 'text', text: 'Look' },
        { type: 'file', mediaType: 'image/png', url: 'data:image/png;base64,AAAA', filename: 'a.png' },
        { type: 'file', mediaType: 'text/plain', url: 'hotplex-file:f1' },
        { type: 'text', text: 'here' },
      ),
    ),
  ).toEqual({
    content: 'Look\n\nhere',
    parts: [
      { type: 'image', media_type: 'image/png', data: 'AAAA', name: 'a.png' },
      { type: 'file', file_id: 'f1' },
    ],
  });
});

test('what cannot travel with a prompt is refused by name', () => {
  const part = {
    type: 'file',
    mediaType: 'text/plain',
    url: 'https://example.com/a',
    filename: 'a',
  } as const;
  expect(() => toPrompt(message(part))).toThrow(/^a cannot be sent/);
});

test('[I2] a prompt that comes back from the gateway is the message that was sent', () => {
  const sent = message(
    { type: 'text', text: 'Look' },
    { type: 'file', mediaType: 'image/png', url: 'data:image/png;base64,AAAA', filename: 'a.png' },
  );
  const data = {
    ...toPrompt(sent),
    input_id: 'u1',
    author: 'ada',
    delivery: 'queue',
    status: 'queued',
  } as const;
  const [envelope] = logOf([{ type: 'input', data }]);
  expect(envelope && toUserMessage(envelope, data)).toEqual({
    ...sent,
    metadata: { sessionId: 'session_1', inputId: 'u1', author: 'ada', createdAt: 1_700_000_000_001 },
  });
});
