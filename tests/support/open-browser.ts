import { mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';

const quiet = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Debian's Chromium, or the one that CHROMIUM names; `args` and `env` are what it gets besides the usual. */
export function openBrowser(
  args: readonly string[] = [],
  env: Readonly<Record<string, string>> = {},
): Promise<Browser> {
  const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';
  return chromium.launch({ executablePath, args: [...quiet, ...args], env: { ...process.env, ...env } });
}

/** Where a screenshot goes, to be looked at. */
export function screenshotPath(name: string): string {
  const folder = process.env.SCREENSHOTS ?? join(tmpdir(), 'hotplex-screenshots');
  mkdirSync(folder, { recursive: true });
  return join(folder, `${name}.png`);
}
