import type { Page } from 'playwright-core';
import type { Chat } from './open-chat.ts';

export const phoneScreen = { width: 360, height: 740 };

/** A tab on a phone that is signed in as the one of the chat is, and shows nothing yet. */
export async function openPhone(chat: Chat): Promise<Page> {
  const context = await chat.context.browser()?.newContext({
    ...{ viewport: phoneScreen, isMobile: true, hasTouch: true, locale: 'en-GB', reducedMotion: 'reduce' },
    storageState: await chat.context.storageState(),
  });
  if (!context) throw new Error('the browser is gone');
  const page = await context.newPage();
  page.on('pageerror', (error) => chat.problems.push(error.message));
  return page;
}
