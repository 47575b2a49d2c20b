// node ask.ts "What does this project do?" – one prompt without a UI, and the answer as it grows.
import { AepChatTransport, type AepUIMessage } from '@hotplex/ai-sdk-transport';
import { SessionsApi } from '@hotplex/client-sdk';
import { generateId, readUIMessageStream } from 'ai';

const { HOTPLEX_URL = 'http://127.0.0.1:8888', HOTPLEX_KEY, HOTPLEX_AGENT = 'claude_code' } = process.env;
const gateway = { url: HOTPLEX_URL, auth: HOTPLEX_KEY };
const transport = new AepChatTransport(gateway);
const { id: chatId } = await new SessionsApi(gateway).create({ workerType: HOTPLEX_AGENT });

const question: AepUIMessage = {
  id: generateId(),
  role: 'user',
  parts: [{ type: 'text', text: process.argv[2] ?? 'Hello!' }],
};
const stream = await transport.sendMessages({
  trigger: 'submit-message',
  chatId,
  messageId: undefined,
  messages: [question],
  abortSignal: undefined,
});

let answer: AepUIMessage | undefined;
for await (const message of readUIMessageStream<AepUIMessage>({ stream })) answer = message;
for (const part of answer?.parts ?? []) if (part.type === 'text') console.log(part.text);
console.log(`${answer?.metadata?.stats?.duration_ms} ms`);
transport.close();
