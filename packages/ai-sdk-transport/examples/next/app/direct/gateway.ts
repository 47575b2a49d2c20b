import { AepChatTransport, type History, toMessages } from '@hotplex/ai-sdk-transport';
import { SessionsApi } from '@hotplex/client-sdk';

/** Asked before each connection. In a product this fetches a short-lived token from your own server. */
function readKey(): string {
  const key = sessionStorage.getItem('hotplex.key') ?? prompt('Key of the gateway') ?? '';
  sessionStorage.setItem('hotplex.key', key);
  return key;
}

const gateway = { url: process.env.NEXT_PUBLIC_HOTPLEX_URL ?? 'http://127.0.0.1:8888', auth: readKey };
const sessions = new SessionsApi(gateway);

/** With approvals by turn, stock components need to know nothing of the gateway. */
export const transport = new AepChatTransport({ ...gateway, approvals: 'turn' });

/** The session in the page's address, or a new one whose id is put there: a reload comes back to it. */
export async function openSession(): Promise<{ id: string; history: History }> {
  const workerType = process.env.NEXT_PUBLIC_HOTPLEX_AGENT ?? 'demo';
  const id = location.hash.slice(1) || (await sessions.create({ workerType })).id;
  location.hash = id;
  return { id, history: await toMessages(sessions.allEvents(id)) };
}
