import type { Page } from 'playwright-core';
import { say } from '../browser/open-chat.ts';
import type { BenchChat } from './open-bench-chat.ts';
import { quantile } from './statistics.ts';
import { type PageTrace, tracePage } from './trace-page.ts';

const sentence = 'while it speaks somebody writes the next prompt at once ';
const betweenKeysMs = 30;
/** What a key costs in a page that does nothing with it: what this machine and its browser take for themselves. */
const emptyPage = 'data:text/html,<textarea aria-label="Message to the agent"></textarea>';

/** 200 pieces a second: words without form, and Markdown with code and tables that grows to 50 kB. */
const streams = {
  words: { typed: 'flood 40000 every 5', alone: 'flood 600 every 5', pieces: 600 },
  markdown: { typed: 'markdown 1000000 every 5', alone: 'markdown 50000 every 5', pieces: 1_000 },
} as const;

/**
 * Types while the agent speaks in the long session, and looks on while it speaks: what a key and what a piece cost. An empty
 * page has its turn in every run.
 */
export async function measureTyping({ page, longUrl, cpuMs }: BenchChat, runs: number) {
  const figures = [];
  const live = page.locator('[data-testid=agent-message][data-live=true]');
  const open = async () => {
    await page.goto(longUrl);
    await page.getByTestId('agent-message').last().waitFor();
    await page.waitForLoadState('networkidle');
  };
  for (let run = 0; run < runs; run += 1) {
    await page.goto(emptyPage);
    const figuresOfRun: Record<string, number> = keyFigures('empty page', await typeIn(page));
    for (const [name, { typed, alone, pieces }] of Object.entries(streams)) {
      await open();
      await say(page, typed);
      await live.getByTestId('markdown').first().waitFor();
      const traced = await typeIn(page);
      await page.getByRole('button', { name: 'Stop' }).click();
      await live.waitFor({ state: 'detached' });
      await field(page).fill('');
      await open();
      const before = await cpuMs();
      await say(page, alone);
      await live.waitFor();
      await live.waitFor({ state: 'detached', timeout: 120_000 });
      const cpu = (await cpuMs()) - before;
      Object.assign(figuresOfRun, keyFigures(name, traced), {
        [`${name}: longest task, CPU ms`]: traced.longestTaskCpuMs,
        [`${name}: a piece, CPU ms`]: cpu / pieces,
      });
    }
    figures.push(figuresOfRun);
  }
  return figures;
}

/** At most what a key and a task may cost. */
export const typingBars = {
  'words: key p95, CPU ms': 16,
  'words: longest task, CPU ms': 50,
  'markdown: key p95, CPU ms': 16,
  'markdown: longest task, CPU ms': 50,
};

const field = (page: Page) => page.getByRole('textbox', { name: 'Message to the agent' });

const typeIn = (page: Page) =>
  tracePage(page, () => field(page).pressSequentially(sentence, { delay: betweenKeysMs, timeout: 120_000 }));

function keyFigures(name: string, { keyCpuMs, keyPaintMs }: PageTrace): Record<string, number> {
  const of = (unit: string, values: readonly number[]) =>
    Object.fromEntries(
      [50, 95, 99].map((percent) => [`${name}: key p${percent}, ${unit}`, quantile(values, percent / 100)]),
    );
  return { ...of('CPU ms', keyCpuMs), ...of('ms', keyPaintMs) };
}
