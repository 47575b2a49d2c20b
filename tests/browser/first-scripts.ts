import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const site = fileURLToPath(new URL('../../apps/webchat/out', import.meta.url));

/** The scripts that a browser of today runs before the page comes alive. */
export const firstScripts = [...readFileSync(join(site, 'index.html'), 'utf8').matchAll(/<script[^>]*>/g)]
  .map(([tag]) => tag)
  .filter((tag) => !/nomodule/i.test(tag))
  .flatMap((tag) => /src="([^"]+)"/.exec(tag)?.[1] ?? []);

/** Bytes of a file of the page, gzipped. */
export const sentBytes = (path: string) => gzipSync(readFileSync(join(site, path))).length;
