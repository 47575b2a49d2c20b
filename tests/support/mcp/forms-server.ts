// An MCP server over stdio with one tool, `ask`, that asks the user to fill in a form and gives back what came.
import { createInterface } from 'node:readline';

type Message = { id?: number | string; method?: string; params?: Record<string, unknown>; result?: unknown };

const requestedSchema = {
  type: 'object',
  properties: { name: { type: 'string', title: 'Your name' }, cups: { type: 'integer', title: 'Cups' } },
  required: ['name'],
};

/** The tool calls that wait for a form, by the id of our request. */
const waiting = new Map<unknown, unknown>();

const send = (message: object) => process.stdout.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);

const answers: Readonly<Record<string, (params: Record<string, unknown>) => object>> = {
  initialize: ({ protocolVersion }) => ({
    protocolVersion,
    capabilities: { tools: {} },
    serverInfo: { name: 'forms', version: '1.0.0' },
  }),
  'tools/list': () => ({
    tools: [{ name: 'ask', description: 'Asks the user', inputSchema: { type: 'object', properties: {} } }],
  }),
  ping: () => ({}),
};

for await (const line of createInterface({ input: process.stdin })) {
  const { id, method, params = {}, result } = JSON.parse(line) as Message;
  if (method === undefined) {
    const call = waiting.get(id);
    waiting.delete(id);
    send({ id: call, result: { content: [{ type: 'text', text: JSON.stringify(result) }] } });
  } else if (method === 'tools/call') {
    waiting.set(`form-${id}`, id);
    send({
      id: `form-${id}`,
      method: 'elicitation/create',
      params: { message: 'Who are you?', requestedSchema },
    });
  } else if (id !== undefined) {
    const answer = answers[method]?.(params);
    send(answer ? { id, result: answer } : { id, error: { code: -32601, message: `no ${method}` } });
  }
}
