import type { BenchChat } from './open-bench-chat.ts';
import { watchPage } from './watch-page.ts';

/**
 * Opens the long session from the list, as a person does whose page is there already: milliseconds from the click until
 * its last message can be read, and what that cost.
 */
export async function measureOpening({ page, devtools, longUrl }: BenchChat, runs: number) {
  const figures = [];
  await devtools.send('Performance.enable');
  const cpuMs = async () => {
    const { metrics } = await devtools.send('Performance.getMetrics');
    return 1_000 * (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN);
  };
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
    figures.push({ openMs, openCpuMs: cpu, openLongestTaskMs: longestTaskMs, mountedRows });
  }
  return figures;
}
