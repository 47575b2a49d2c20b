// A small agent that speaks the Agent Client Protocol and does what the prompt says, for tests of the client side.
import { createInterface } from 'node:readline';

const mode = process.argv[2] ?? 'ok';
let nextId = 1000;
let signedIn = mode !== 'auth-required';
const open = new Map();
let cancelled = () => {};

const write = (message) => process.stdout.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);
const ask = (method, params) =>
  new Promise((resolve) => {
    nextId += 1;
    open.set(nextId, resolve);
    write({ id: nextId, method, params: { sessionId: 's-1', ...params } });
  });
const say = (text) =>
  write({
    method: 'session/update',
    params: {
      sessionId: 's-1',
      update: { sessionUpdate: 'agent_message_chunk', content: { type: 'text', text } },
    },
  });

/** A prompt is a JSON list of requests to the client; the answers come back as text, one JSON line each. */
async function play(id, text) {
  if (text === 'wait') {
    say('waiting');
    await new Promise((resolve) => {
      cancelled = resolve;
    });
    return write({ id, result: { stopReason: 'cancelled' } });
  }
  let last = {};
  for (const [method, params] of JSON.parse(text)) {
    const named = Object.fromEntries(
      Object.entries(params).map(([name, value]) => [name, value === '$terminal' ? last.terminalId : value]),
    );
    const answer = await ask(method, named);
    if (answer.result?.terminalId) last = answer.result;
    say(`${JSON.stringify(answer.result ?? { error: answer.error })}\n`);
  }
  write({ id, result: { stopReason: 'end_turn' } });
}

const handlers = {
  initialize: ({ id, params }) =>
    write({
      id,
      result: {
        protocolVersion: mode === 'version-2' ? 2 : 1,
        agentInfo: { name: 'scripted', version: '1.2.3' },
        agentCapabilities: { loadSession: true },
        _meta: { client: params.clientCapabilities },
      },
    }),
  'session/new': ({ id, params }) => {
    if (!signedIn) {
      signedIn = true;
      return write({ id, error: { code: -32000, message: 'Authentication required' } });
    }
    write({ id, result: { sessionId: 's-1', _meta: { mcp: params.mcpServers } } });
  },
  'session/load': ({ id }) => {
    write({
      method: 'session/update',
      params: {
        sessionId: 's-1',
        update: { sessionUpdate: 'user_message_chunk', content: { type: 'text', text: 'old' } },
      },
    });
    say('said before');
    write({ id, result: {} });
  },
  'session/prompt': ({ id, params }) => void play(id, params.prompt[0].text),
  'session/cancel': () => cancelled(),
};

createInterface({ input: process.stdin }).on('line', (line) => {
  const message = JSON.parse(line);
  if (message.method) return handlers[message.method]?.(message);
  open.get(message.id)?.(message);
  open.delete(message.id);
});
process.stdin.on('end', () => process.exit(0));
