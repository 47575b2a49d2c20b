import { cookies } from 'next/headers';

const name = 'visitor';

/** Who is asking. Your own sign-in belongs here; a random cookie is enough to tell visitors apart. */
export async function readVisitor(): Promise<string | undefined> {
  return (await cookies()).get(name)?.value;
}

export async function welcomeVisitor(): Promise<void> {
  (await cookies()).set(name, crypto.randomUUID(), { httpOnly: true, sameSite: 'lax' });
}

/**
 * The gateway's key for a visitor's chat. This is where it is decided who may use which session: whatever id a browser
 * sends, it names a chat of its own visitor. Undefined for somebody who has not come in.
 */
export async function keyOf(chatId: string): Promise<string | undefined> {
  const visitor = await readVisitor();
  return visitor === undefined ? undefined : `${visitor}:${chatId}`;
}
