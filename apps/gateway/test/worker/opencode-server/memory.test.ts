import { expect, test } from 'vitest';
import { type Conversation, createConversation } from '../../../src/worker/opencode-server/conversation.ts';
import { fromMemory, type Remembered, toMemory } from '../../../src/worker/opencode-server/memory.ts';
import { replay, transcripts } from './replay.ts';

const workDir = '/workspace';
const input = { inputId: 'i', content: 'words' };
const others = {
  policy: { mode: 'plan', always: [{ permission: 'bash', always: ['git *'] }] },
  model: { providerID: 'test', modelID: 'one' },
  prompts: {
    planned: true,
    unconfirmed: new Map([
      ['msg_1', { input, how: 'turn' as const, model: undefined, command: { command: 'c', arguments: 'a' } }],
    ]),
    steered: new Map([['msg_2', input]]),
  },
};
const written = (remembered: Remembered): unknown => JSON.parse(JSON.stringify(toMemory(remembered)));

/** The conversation as the next gateway knows it. */
function again(conversation: Conversation): Conversation {
  const remembered = fromMemory(written({ ...others, conversation }), { workDir });
  if (!remembered) throw new Error('it is not remembered');
  expect(remembered).toEqual({ ...others, conversation });
  return remembered.conversation;
}

test.each(transcripts)('[G8] %s: told to its end by gateways that each hear one line', (name) => {
  expect(replay(name, again)).toEqual(replay(name));
});

test('[E4] what was answered is asked still, for as long as nobody knows that the answer arrived', () => {
  const [first] = replay('permission-once', (conversation) => {
    for (const [id, ask] of conversation.asks) {
      const answered = { ...conversation, asks: new Map(), answering: new Map([[id, ask]]) };
      const remembered = fromMemory(written({ ...others, conversation: answered }), { workDir });
      expect(remembered?.conversation.asks).toEqual(conversation.asks);
    }
    return conversation;
  });
  expect(first?.events.some(({ type }) => type === 'permission_request')).toBe(true);
});

test('[G8] the memory of another version is none, nor is that of a conversation that is not open', () => {
  const open = { ...others, conversation: createConversation({ workDir, sessionId: 'ses_1' }) };
  expect(fromMemory(written(open), { workDir })).toEqual(open);
  expect(fromMemory({ ...toMemory(open), version: 1 }, { workDir })).toBeUndefined();
  expect(fromMemory(undefined, { workDir })).toBeUndefined();
  expect(toMemory({ ...others, conversation: createConversation({ workDir }) })).toBeUndefined();
});
