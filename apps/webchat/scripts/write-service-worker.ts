// Part of the build: writes the service worker for the page that was built, with the list of what it keeps.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'rolldown';
import { type Shell, shellName } from '../service-worker/shell.ts';

const at = (path: string) => fileURLToPath(new URL(`../${path}`, import.meta.url));

const page = readFileSync(at('out/index.html'), 'utf8');
/** Scripts of old browsers are left to them. */
const scripts = [...page.matchAll(/<script(?![^>]*nomodule)[^>]*\ssrc="([^"]+)"/gi)];
const styles = [...page.matchAll(/<link[^>]*rel="stylesheet"[^>]*\shref="([^"]+)"/gi)];
const linked = [...scripts, ...styles].flatMap(([, path]) => (path?.startsWith('/') ? [path] : []));
const fixed = ['/icon.svg', '/manifest.webmanifest', '/manifest.zh.webmanifest'];
const program = readFileSync(at('service-worker/service-worker.ts'));

const version = createHash('sha256').update(page).update(program).digest('base64url').slice(0, 12);
const shell: Shell = {
  cacheName: shellName(version),
  files: ['/', ...new Set([...linked, ...fixed])],
};
await build({
  input: at('service-worker/service-worker.ts'),
  transform: { define: { SHELL: JSON.stringify(shell) } },
  output: { file: at('out/service-worker.js'), format: 'iife', minify: true },
  logLevel: 'warn',
});
