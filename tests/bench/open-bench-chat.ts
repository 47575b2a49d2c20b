import type { Page } from 'playwright-core';
import { openChat, sayAndWait, startSession } from '../browser/open-chat.ts';
import { seedLongSession } from './seed-long-session.ts';

export type BenchChat = AsyncDisposable & {
  page: Page;
  /** Milliseconds of processor time that the page’s thread has taken. */
  cpuMs: () => Promise<number>;
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
  const devtools = await context.newCDPSession(page);
  await devtools.send('Performance.enable', { timeDomain: 'threadTicks' });
  return {
    ...{ page, longUrl, first },
    async cpuMs() {
      const { metrics } = await devtools.send('Performance.getMetrics');
      return 1_000 * (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN);
    },
    [Symbol.asyncDispose]: () => chat[Symbol.asyncDispose](),
  };
}
