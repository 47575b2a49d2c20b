import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { openBrowser } from '../../support/open-browser.ts';
import { type Chat, openChat } from '../open-chat.ts';

const fonts = fileURLToPath(new URL('fonts.conf', import.meta.url));
const today = '2026-03-09T10:00:00.000Z';

/** What the folder of the agent is called in the pictures. */
const folder = '/home/ada/tea';

/** A chat in which nothing depends on the machine or the hour: its fonts, its clock, how long a turn took, its folder. */
export async function openStillChat(): Promise<Chat> {
  const chat = await openChat({
    pace: 0,
    env: { HOTPLEX_ADMIN_USERS: 'local' },
    browser: () => openBrowser(['--disable-lcd-text'], { FONTCONFIG_FILE: fonts, TZ: 'UTC' }),
  });
  await holdStill(chat, chat.page);
  return chat;
}

/** A page of it lives on one day, and hears of turns that all took as long as each other. */
export async function holdStill({ gateway: { workDir } }: Chat, page: Page): Promise<void> {
  const still = (json: string) =>
    json
      .replaceAll(workDir, folder)
      .replace(/("(?:duration|duration_ms)":)[\d.]+/g, '$11200')
      .replace(/("expires_at":)"[^"]+"/g, `$1"${today}"`);
  await page.clock.setFixedTime(today);
  await page.routeWebSocket(/\/ws$/, (socket) => {
    const gateway = socket.connectToServer();
    gateway.onMessage((message) => socket.send(typeof message === 'string' ? still(message) : message));
  });
  await page.route(/\/api\/(sessions|shared)\b/, async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: still(await response.text()) });
  });
}
