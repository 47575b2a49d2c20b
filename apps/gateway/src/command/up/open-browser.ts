import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { html } from 'hono/html';
import { writePrivateFile } from '../../auth/private-file.ts';
import { signInPage } from '../../auth/sign-in-page.ts';

type Desktop = { platform: NodeJS.Platform; env: NodeJS.ProcessEnv };

/** The program that shows something to whoever sits at this machine; undefined: nobody does. */
export function findOpener({ platform, env }: Desktop): 'open' | 'xdg-open' | undefined {
  if (env.SSH_CONNECTION) return undefined;
  if (platform === 'darwin') return 'open';
  return env.DISPLAY || env.WAYLAND_DISPLAY ? 'xdg-open' : undefined;
}

/**
 * Opens a link that is a secret in the browser, by way of a page that only this user can read: what is an argument, all
 * users of the machine can read. The gateway removes it once the link is used, and when it starts. Says whether there was a program to do so.
 */
export async function openBrowser(opener: string, link: string, dataDir: string): Promise<boolean> {
  const file = signInPage(dataDir);
  const page = html`<!doctype html><meta charset="utf-8"><meta http-equiv="refresh" content="0; url=${link}"><a href="${link}">HotPlex</a>\n`;
  writePrivateFile(file, String(page));
  const child = spawn(opener, [file], { detached: true, stdio: 'ignore' });
  child.unref();
  return once(child, 'spawn').then(
    () => true,
    () => false,
  );
}
