import { AepChatTransport } from '@hotplex/ai-sdk-transport';

/** One for all visitors: the token never leaves this process. */
export const transport = new AepChatTransport({
  url: process.env.HOTPLEX_URL ?? 'http://127.0.0.1:8888',
  auth: process.env.HOTPLEX_KEY,
  workerType: () => process.env.HOTPLEX_AGENT ?? 'demo',
  approvals: 'turn',
});
