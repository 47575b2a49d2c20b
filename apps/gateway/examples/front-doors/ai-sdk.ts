// node ai-sdk.ts "What does this project do?" – a prompt by the AI SDK's own transport, and the answer.
import { generateId, readUIMessageStream, type UIMessage, WebSocketChatTransport } from 'ai';

const { HOTPLEX_URL = 'http://127.0.0.1:8888', HOTPLEX_KEY = '', HOTPLEX_AGENT } = process.env;
const transport = new WebSocketChatTransport<UIMessage>({
  url: `${HOTPLEX_URL}/ai-sdk`,
  headers: { Authorization: `Bearer ${HOTPLEX_KEY}` },
  body: { worker_type: HOTPLEX_AGENT },
});

const question: UIMessage = {
  id: generateId(),
  role: 'user',
  parts: [{ type: 'text', text: process.argv[2] ?? 'Hello!' }],
};
const stream = await transport.sendMessages({
  trigger: 'submit-message',
  chatId: generateId(),
  messageId: undefined,
  messages: [question],
  abortSignal: undefined,
});

let answer: UIMessage | undefined;
for await (const message of readUIMessageStream({ stream })) answer = message;
for (const part of answer?.parts ?? []) if (part.type === 'text') console.log(part.text);
transport.close();
