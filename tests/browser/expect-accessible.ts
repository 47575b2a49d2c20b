import AxeBuilder from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { screenshotPath } from '../support/open-browser.ts';

/** Looks at a page in the light and in the dark: nothing for axe to find, nothing wider than the window; keeps both pictures. */
export async function expectAccessible(page: Page, name: string): Promise<void> {
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme });
    await page.locator(colorScheme === 'dark' ? 'html.dark' : 'html:not(.dark)').waitFor();
    await page.screenshot({ path: screenshotPath(`${name}-${colorScheme}`) });
    // Browsers let the keyboard scroll any scroller, which that rule does not know.
    const { violations } = await new AxeBuilder({ page })
      .disableRules('scrollable-region-focusable')
      .analyze();
    expect(
      violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`),
      `${name}, ${colorScheme}`,
    ).toEqual([]);
  }
  const [inner, outer] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
  expect(inner, `${name} fits`).toBeLessThanOrEqual(outer ?? 0);
}
