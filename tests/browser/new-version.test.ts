import { cpSync, globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { expect, onTestFinished, test } from 'vitest';
import { expectAccessible } from './expect-accessible.ts';
import { openChat, startSession } from './open-chat.ts';

const built = fileURLToPath(new URL('../../apps/webchat/out', import.meta.url));

/** The web chat in a folder of its own. */
function copySite(): string {
  const site = mkdtempSync(join(tmpdir(), 'hotplex-site-'));
  onTestFinished(() => rmSync(site, { recursive: true, force: true }));
  cpSync(built, site, { recursive: true });
  return site;
}

/** The script that begins all others: the only one that no other calls by its name. */
const isRuntime = (path: string) => /\/turbopack-[\w-]+\.js$/.test(path);

/** Makes of a site what the next build would be: a script with another name, and a service worker that keeps that one. */
function buildAnew(site: string, script: string): void {
  const renamed = script.replace(/\.js$/, '-next.js');
  cpSync(join(site, script), join(site, renamed));
  for (const file of [...globSync('*.html', { cwd: site }), 'service-worker.js']) {
    const text = readFileSync(join(site, file), 'utf8');
    writeFileSync(
      join(site, file),
      text.replaceAll(script, renamed).replace(/hotplex-shell-[\w-]+/, 'hotplex-shell-next'),
    );
  }
}

const runtimeOf = async (page: Page) => {
  const paths = await page.evaluate(() =>
    [...document.scripts].map(({ src }) => src && new URL(src).pathname),
  );
  return paths.find(isRuntime) ?? '';
};
const shellsOf = (page: Page) => page.evaluate(() => caches.keys());

test('an open page says that there is a newer one, and a reload brings that with its service worker', async () => {
  const site = copySite();
  await using chat = await openChat({
    pace: 0,
    serviceWorkers: 'allow',
    env: { HOTPLEX_WEBCHAT_DIR: site },
  });
  const { page, gateway, problems } = chat;
  await page.clock.install();
  await startSession(chat);
  await page.evaluate(() => navigator.serviceWorker.ready.then(({ scope }) => scope));
  const [first] = await shellsOf(page);
  const script = await runtimeOf(page);

  const newer = page.getByText('A new version is here.');
  /** Lets so much time pass that the page asks for its newest self, and returns when it has read that. */
  const ask = async () => {
    const asked = page.waitForResponse((response) => new URL(response.url()).pathname === '/');
    await page.clock.fastForward('11:00');
    await (await asked).finished();
    await page.evaluate(() => new Promise(requestAnimationFrame));
  };
  await ask();
  expect(await newer.count()).toBe(0);

  buildAnew(site, script);
  await gateway.restart();
  await ask();
  await newer.waitFor();
  await expectAccessible(page, 'new-version');
  await page.getByRole('button', { name: 'Reload' }).click();
  await expect.poll(() => runtimeOf(page)).toBe(script.replace(/\.js$/, '-next.js'));
  await page.getByRole('heading', { name: 'What should we work on?' }).waitFor();
  await expect.poll(() => shellsOf(page)).toEqual(['hotplex-shell-next']);
  expect(first).not.toBe('hotplex-shell-next');
  await ask();
  expect(await newer.count()).toBe(0);
  expect(problems).toEqual([]);
});
