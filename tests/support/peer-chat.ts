// Plays a chat with whichever AI SDK is installed beside it: approval by turn, stop, resume, interrupt. Prints what was seen.
import { AepChatTransport } from '@hotplex/ai-sdk-transport';
import { generateId, lastAssistantMessageIsCompleteWithApprovalResponses } from 'ai';
import { openApproval, textOf, toolOf } from '../../packages/ai-sdk-transport/test/message-parts.ts';
import { PlainChat } from '../../packages/ai-sdk-transport/test/plain-chat.ts';

const { HOTPLEX_URL: url = '', HOTPLEX_KEY: auth } = process.env;
const id = generateId();
const transport = new AepChatTransport({ url, auth, workerType: () => 'demo', approvals: 'turn' });
const sendAutomaticallyWhen = lastAssistantMessageIsCompleteWithApprovalResponses;
const chat = new PlainChat({ id, transport, sendAutomaticallyWhen });
const seen: unknown[] = [];
const note = (what: unknown) => seen.push([chat.status, chat.messages.map(({ role }) => role), what]);

await chat.sendMessage({ text: 'permission' });
note(toolOf(chat.lastMessage)?.state);
await chat.addToolApprovalResponse({ id: openApproval(chat.lastMessage) ?? '', approved: true });
await chat.until(({ status, lastMessage }) => status === 'ready' && lastMessage?.metadata?.success);
note(toolOf(chat.lastMessage)?.state);

/** What the second turn has said. */
const answer = () => (chat.messages.length === 4 ? textOf(chat.lastMessage) : '');
const begun = () => chat.until(() => answer().endsWith('something. '));

void chat.sendMessage({ text: 'wait' });
await begun();
await chat.stop();
const resumed = chat.resumeStream();
await chat.until(({ status }) => status === 'streaming');
await begun();
note(answer());
await transport.interrupt(id);
await resumed;
note(chat.lastMessage?.metadata?.stopReason);

console.log(JSON.stringify(seen));
transport.close();
