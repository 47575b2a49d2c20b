import { expect, test } from 'vitest';
import { beginTurn, createConversation } from '../../../src/worker/acp-session/conversation.ts';
import { decodeLine } from '../../../src/worker/acp-session/decode-line.ts';
import { translate } from '../../../src/worker/acp-session/translate.ts';
import { endTurn } from '../../../src/worker/acp-session/turn-end.ts';
import { ofType } from '../../contracts/of-type.ts';

test('[E2] a call that its turn left behind is stopped, one that was refused stays so', () => {
  const conversation = createConversation({ resumed: false });
  beginTurn(conversation, { inputId: 'in_1', at: 0 });
  for (const toolCallId of ['slow', 'refused']) {
    const update = { sessionUpdate: 'tool_call', toolCallId, title: 'ls', rawInput: { command: 'ls' } };
    const params = { sessionId: 'a', update };
    translate(
      conversation,
      decodeLine(JSON.stringify({ jsonrpc: '2.0', method: 'session/update', params })),
      1,
    );
  }
  conversation.refused.add('refused');
  const events = endTurn(conversation, {
    outcome: { result: { stopReason: 'cancelled' } },
    at: 2,
    signIn: '',
  });
  expect(ofType(events, 'tool_result').map(({ data }) => data)).toMatchObject([
    { id: 'slow', stopped: true },
    { id: 'refused', denied: true },
  ]);
  expect(ofType(events, 'tool_result')[1]?.data).not.toHaveProperty('stopped');
});
