import { AepChatTransport, type History, toMessages } from '@hotplex/ai-sdk-transport';
import { SessionsApi } from '@hotplex/client-sdk';

const { VITE_HOTPLEX_URL = 'http://127.0.0.1:8888', VITE_HOTPLEX_AGENT = 'demo' } = import.meta.env;

/** Asked before each connection. In a product this fetches a short-lived token from your own server. */
function readKey(): string {
  const key = sessionStorage.getItem('hotplex.key') ?? prompt('Key of the gateway') ?? '';
  sessionStorage.setItem('hotplex.key', key);
  return key;
}

const gateway = { url: VITE_HOTPLEX_URL, auth: readKey };
const sessions = new SessionsApi(gateway);
export const transport = new AepChatTransport(gateway);

/** The session in the page's address, or a new one whose id is put there: a reload comes back to it. */
export async function openSession(): Promise<string> {
  const known = location.hash.slice(1);
  if (known !== '') return known;
  const { id } = await sessions.create({ workerType: VITE_HOTPLEX_AGENT });
  location.hash = id;
  return id;
}

/** The conversation so far. A turn that runs is not among its messages: resuming brings it. */
export function readHistory(id: string): Promise<History> {
  return toMessages(sessions.allEvents(id));
}
