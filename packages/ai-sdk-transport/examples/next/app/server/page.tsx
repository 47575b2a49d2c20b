import { toMessages } from '@hotplex/ai-sdk-transport';
import { transport } from '../../lib/gateway';
import { keyOf, welcomeVisitor } from '../../lib/visitor';
import { Chat } from './chat';

async function enter() {
  'use server';
  await welcomeVisitor();
}

/** The visitor's chat with its history, or the door. */
export default async function Page() {
  const id = 'main';
  const key = await keyOf(id);
  if (key !== undefined) {
    const { messages } = await toMessages(transport.allEvents(key));
    return <Chat id={id} messages={messages} />;
  }
  return (
    <form action={enter}>
      <button type="submit">Come in</button>
    </form>
  );
}
