import type { Page } from 'playwright-core';

/** How much of the conversation is below what is seen of it, CSS pixels. */
export const hiddenBelow = (page: Page): Promise<number> =>
  page
    .getByRole('region', { name: 'Conversation' })
    .evaluate((element) => element.scrollHeight - element.clientHeight - element.scrollTop);
