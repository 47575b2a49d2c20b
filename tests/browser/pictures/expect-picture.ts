import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import { screenshotPath } from '../../support/open-browser.ts';
import { comparePictures, mostDifferent } from './compare-pictures.ts';

/** The folder of the pictures that somebody has looked at and found good. */
export const accepted = fileURLToPath(new URL('accepted/', import.meta.url));
/** The major version of the browser that drew them. */
const chromiumFile = fileURLToPath(new URL('chromium.json', import.meta.url));

/**
 * A page, or a part of it, looks as it was accepted. If not: fails and leaves both pictures, or with --update takes the new one.
 */
export async function expectPicture(shown: Page | Locator, name: string): Promise<void> {
  const file = `${accepted}${name}.png`;
  const drawn = await drawnAtLast(shown);
  const { different, difference } = existsSync(file)
    ? comparePictures(readFileSync(file), drawn)
    : { different: Number.POSITIVE_INFINITY, difference: drawn };
  if (different <= mostDifferent) return;
  if (isUpdate()) return writeFileSync(file, drawn);
  const [now, red] = [screenshotPath(`${name}-now`), screenshotPath(`${name}-difference`)];
  writeFileSync(now, drawn);
  writeFileSync(red, difference);
  throw new Error(
    `${name} looks different (${different} pixels): look at ${now} and ${red}, and if it is good: pnpm test:pictures --update`,
  );
}

/** The pictures are of this major version of Chromium, or with --update from now on: others draw letters a little otherwise. */
export function expectChromium(version = ''): void {
  const major = Number.parseInt(version, 10);
  const accepted = JSON.parse(readFileSync(chromiumFile, 'utf8')).major;
  if (major === accepted) return;
  if (!isUpdate())
    throw new Error(
      `the pictures are of Chromium ${accepted}, and this is ${version}: set CHROMIUM to one of those, or take its own with --update`,
    );
  writeFileSync(chromiumFile, `${JSON.stringify({ major }, null, 2)}\n`);
}

const isUpdate = () => expect.getState().snapshotState.snapshotUpdateState === 'all';

/** Once nothing moves any more. */
async function drawnAtLast(shown: Page | Locator): Promise<Buffer> {
  const draw = () => shown.screenshot({ animations: 'disabled', caret: 'hide' });
  for (let before = await draw(); ; ) {
    const now = await draw();
    if (now.equals(before)) return now;
    before = now;
  }
}
