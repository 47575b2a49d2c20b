import type { BenchChat } from './open-bench-chat.ts';
import { watchPage } from './watch-page.ts';

/**
 * Opens the long session from the list, as a person does whose page is there already: milliseconds from the click until
 * its last message can be read, and what that cost.
 */
export async function measureOpening({ page, cpuMs, longUrl }: BenchChat, runs: number) {
  const figures = [];
  for (let run = 0; run < runs; run += 1) {
    await page.goto(new URL('/', longUrl).href);
    const link = page
      .getByRole('navigation', { name: 'Sessions' })
      .getByRole('listitem')
      .getByRole('button')
      .first();
    await link.waitFor();
    await page.waitForLoadState('networkidle');
    const watch = await watchPage(page);
    const before = await cpuMs();
    const openMs = await link.evaluate(async (element) => {
      const start = performance.now();
      (element as HTMLElement).click();
      const shown = () =>
        document.querySelector('[data-testid=agent-message][data-live=false] [data-testid=markdown] p');
      while (!shown()) await new Promise((resolve) => requestAnimationFrame(resolve));
      return performance.now() - start;
    });
    const cpu = (await cpuMs()) - before;
    // What is drawn ahead of the reader comes after that.
    await page.waitForLoadState('networkidle');
    const mountedRows = await page.getByTestId(/^(agent|user)-message$/).count();
    const { longestTaskMs } = await watch.read();
    figures.push({
      'open, ms': openMs,
      'open, CPU ms': cpu,
      'open: longest task, ms': longestTaskMs,
      'messages drawn': mountedRows,
    });
  }
  return figures;
}
