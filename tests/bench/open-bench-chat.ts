import type { CDPSession, Page } from 'playwright-core';
import { openChat, sayAndWait, startSession } from '../browser/open-chat.ts';
import { seedLongSession } from './seed-long-session.ts';

export type BenchChat = AsyncDisposable & {
  page: Page;
  /** Reads the browser's own counters. */
  devtools: CDPSession;
  /** Where the long session is. */
  longUrl: string;
  /** Its first prompt; no other is like it. */
  first: string;
};

/** What is said in the long session, over and over: prose, a table with code, tools, thoughts. */
const prompts = ['help', 'markdown', 'tool', 'think', 'help'];
const first = 'remember the kettle is purple';

/** A real gateway with one session of so many turns, and a browser that is signed in. */
export async function openBenchChat({ turns, pace }: { turns: number; pace: number }): Promise<BenchChat> {
  const chat = await openChat({ pace });
  const { page, gateway, context } = chat;
  await startSession(chat);
  for (const prompt of [first, ...prompts]) await sayAndWait(page, prompt);
  const longUrl = page.url();
  const id = new URL(longUrl).searchParams.get('s') ?? '';
  await page.goto('about:blank');
  await gateway.stop();
  await seedLongSession(gateway.dataDir, id, turns);
  await gateway.restart();
  return {
    ...{ page, longUrl, first },
    devtools: await context.newCDPSession(page),
    [Symbol.asyncDispose]: () => chat[Symbol.asyncDispose](),
  };
}
