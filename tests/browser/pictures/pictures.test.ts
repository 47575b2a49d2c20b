import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { UsageEntry } from '../../../apps/webchat/lib/admin/reports.ts';
import { type Chat, say, sayAndWait, startSession, turnEnds } from '../open-chat.ts';
import { accepted, expectChromium, expectPicture } from './expect-picture.ts';
import { holdStill, openStillChat } from './open-still-chat.ts';

const sizes = { wide: { width: 1_280, height: 800 }, phone: { width: 360, height: 740 } };
type Look = { size: keyof typeof sizes; colours: 'light' | 'dark' };

let chat: Chat;
let page: Page;
const taken: string[] = [];

beforeAll(async () => {
  chat = await openStillChat();
  page = chat.page;
  mkdirSync(join(chat.gateway.workDir, 'src'));
  writeFileSync(join(chat.gateway.workDir, 'src/tea.ts'), "export const teas = [\n  'green',\n];\n");
});
afterAll(() => chat?.[Symbol.asyncDispose]());

/** Gives the page its size and colours; what is open stays open. */
async function look({ size, colours }: Look, of = page): Promise<void> {
  await of.setViewportSize(sizes[size]);
  await of.emulateMedia({ colorScheme: colours });
  await of.locator(colours === 'dark' ? 'html.dark' : 'html:not(.dark)').waitFor();
}

async function picture(name: string, of: Page | Locator = page): Promise<void> {
  taken.push(name);
  await page.mouse.move(0, 0);
  await expectPicture(of, name);
}

const lastAnswer = () => page.getByTestId('agent-message').last();

test('the pictures are of this Chromium', () => {
  expectChromium(chat.context.browser()?.version());
});

test('the first page, and a conversation in which words, code, tables, formulas and a diagram stand', async () => {
  await look({ size: 'wide', colours: 'light' });
  await page.goto(chat.gateway.signInLink);
  await page.getByText('No sessions yet.').waitFor();
  await picture('first-page');
  await page.goto('about:blank');
  await startSession({ ...chat, gateway: { ...chat.gateway, signInLink: chat.gateway.url } });
  await look({ size: 'wide', colours: 'dark' });
  await sayAndWait(page, 'markdown');
  await page.locator('[data-streamdown=code-block] span[style*="--shiki"]').first().waitFor();
  await picture('markdown-dark');
  await look({ size: 'phone', colours: 'light' });
  await sayAndWait(page, 'diagram');
  await expect.poll(() => lastAnswer().locator('.katex').count()).toBe(3);
  await lastAnswer().getByText('could not be drawn').waitFor();
  await lastAnswer().getByRole('img', { name: 'Diagram' }).scrollIntoViewIfNeeded();
  await picture('drawings-phone');
});

test('cards of tools, a permission, and what was changed', async () => {
  await look({ size: 'wide', colours: 'light' });
  await sayAndWait(page, 'tool');
  await sayAndWait(page, 'edit');
  await lastAnswer().locator('.code-piece').first().waitFor();
  await picture('tools');
  const turns = await page.getByTestId('agent-message').count();
  await say(page, "edit src/tea.ts   'white',");
  await page.getByRole('button', { name: /Allow once/ }).waitFor();
  await look({ size: 'phone', colours: 'dark' });
  await picture('permission-phone-dark');
  await page.getByRole('button', { name: /Allow once/ }).click();
  await turnEnds(page, turns);
  await look({ size: 'wide', colours: 'light' });
  await lastAnswer().getByRole('button', { name: '1 file changed' }).click();
  const panel = page.getByRole('complementary', { name: 'Changes' });
  await panel.locator('.bg-added .code-piece').first().waitFor();
  await picture('changes');
});

test('the palette, and what a guest sees', async () => {
  await page.keyboard.press('Control+k');
  const palette = page.getByRole('dialog', { name: 'Commands' });
  await palette.getByRole('combobox').fill('theme');
  await palette.getByRole('option', { name: 'Theme: Dark' }).waitFor();
  await picture('palette');
  await page.keyboard.press('Escape');
  await page.getByRole('navigation', { name: 'Sessions' }).getByRole('listitem').first().hover();
  await page.getByRole('button', { name: /^Actions for / }).click();
  await page.getByRole('menuitem', { name: 'Share…' }).click();
  await page.getByRole('button', { name: 'Make a link' }).click();
  const link = (await page.getByTestId('share-link').textContent()) ?? '';
  await page.keyboard.press('Escape');
  const context = await chat.context.browser()?.newContext({ locale: 'en-GB', reducedMotion: 'reduce' });
  const guest = await context?.newPage();
  if (!guest) throw new Error('the browser is gone');
  await holdStill(chat, guest);
  await look({ size: 'phone', colours: 'light' }, guest);
  await guest.goto(link);
  await guest.locator('[data-streamdown=code-block] span[style*="--shiki"]').first().waitFor();
  await picture('shared-phone', guest);
  await context?.close();
});

test('in Chinese: what was changed, a sub-agent, questions, the list of sessions and the settings', async () => {
  await page.evaluate(() => localStorage.setItem('hotplex.language', 'zh'));
  await page.reload();
  await lastAnswer().waitFor();
  await look({ size: 'phone', colours: 'dark' });
  await page.getByRole('button', { name: /^显示更改的内容/ }).click();
  await page.getByRole('dialog', { name: '更改' }).locator('.bg-added .code-piece').first().waitFor();
  await picture('changes-zh-phone-dark');
  await page.keyboard.press('Escape');
  await sayAndWait(page, 'agent');
  await lastAnswer().getByTestId('tool').first().getByRole('button').first().click();
  await lastAnswer().getByTestId('tool').first().scrollIntoViewIfNeeded();
  await picture('sub-agent-zh-phone-dark');

  await look({ size: 'wide', colours: 'dark' });
  await page.getByRole('button', { name: '新建会话' }).click();
  await page.getByRole('button', { name: '开始会话' }).click();
  await expect.poll(() => page.getByTestId('agent-message').count()).toBe(0);
  await say(page, 'question');
  await page.getByTestId('question').getByRole('radio').first().check();
  await picture('question-zh-dark');

  await look({ size: 'phone', colours: 'light' });
  await page.getByRole('button', { name: '打开会话列表' }).click();
  const drawer = page.getByRole('dialog', { name: '会话' });
  await drawer.getByRole('listitem').nth(1).getByRole('button').nth(1).click();
  await page.getByRole('menuitem', { name: '置顶' }).click();
  await drawer.getByRole('region', { name: '已置顶' }).waitFor();
  await picture('sessions-zh-phone');
  await page.keyboard.press('Escape');
  await look({ size: 'wide', colours: 'light' });
  await page.getByRole('button', { name: '设置' }).click();
  await picture('settings-zh');
});

test('what it has cost, for an operator', async () => {
  await page.route(/\/api\/admin\/costs\b/, async (route) => {
    const query = new URL(route.request().url()).searchParams;
    const [from, to] = [query.get('from') ?? '', query.get('to') ?? ''];
    await route.fulfill({ json: { from, to, by: 'agent', usage: usageUntil(to) } });
  });
  await page.evaluate(() => localStorage.setItem('hotplex.language', 'zh'));
  await page.goto(`${chat.gateway.url}/admin?page=costs`);
  await look({ size: 'wide', colours: 'light' });
  await page.getByRole('img').first().waitFor();
  await picture('costs-zh', page.getByRole('figure'));
});

test('no picture is kept that nothing draws any more', ({ task }) => {
  const kept = readdirSync(accepted).map((file) => basename(file, '.png'));
  // With -t only some of them are drawn.
  const isWhole = task.file.tasks.every(({ mode }) => mode !== 'skip');
  expect(kept.toSorted()).toEqual(isWhole ? taken.toSorted() : expect.arrayContaining(taken));
});

/** Two weeks of two agents, as the gateway tells them. */
function usageUntil(last: string): UsageEntry[] {
  return Array.from({ length: 14 }, (_, index) => {
    const day = new Date(Date.parse(last) - index * 86_400_000).toISOString().slice(0, 10);
    return ['claude_code', 'opencode_server'].map((name, nth) => ({
      ...{ day, name, turns: 3 + ((index * 5 + nth) % 7) },
      ...{
        tokens_in: 12_000 + index * 900,
        tokens_out: 2_100,
        work_ms: 60_000 + index * 7_000,
        cost_usd: ((index * 7 + nth * 4) % 11) / 4 + 0.35,
      },
    }));
  }).flat();
}
