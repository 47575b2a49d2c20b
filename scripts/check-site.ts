// Every link of the built documentation leads to a page that is there, and to a heading that is on it. VitePress itself
// looks at pages only, and not at what is written as HTML.
import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const site = fileURLToPath(new URL('../docs/.vitepress/dist', import.meta.url));
const base = '/docs/';

const pages = new Map(
  globSync('**/*.html', { cwd: site }).map((path) => [path, readFileSync(join(site, path), 'utf8')]),
);

/** The file of an address, as the gateway finds it. */
function fileOf(pathname: string): string | undefined {
  const path = decodeURIComponent(pathname.slice(base.length)).replace(/\/$/, '');
  return [path, `${path}.html`, join(path, 'index.html')].find(
    (each) => each !== '' && (pages.has(each) || (each.includes('.') && existsSync(join(site, each)))),
  );
}

/** The address of a page's file; relative links start from there. */
const addressOf = (path: string) => new URL(base + path.replace(/(index)?\.html$/, ''), 'http://site');

/** Pages that a link leads to. */
const reached = new Set(['index.html', '404.html']);

function problemOf(link: string, page: string): string | undefined {
  const { host, pathname, hash } = new URL(link.replaceAll('&amp;', '&'), addressOf(page));
  if (host !== 'site') return undefined;
  if (!`${pathname}/`.startsWith(base)) return `${link} leads out of the documentation`;
  const file = fileOf(pathname);
  if (file === undefined) return `${link} leads nowhere`;
  if (file !== page) reached.add(file);
  const id = decodeURIComponent(hash.slice(1));
  if (id !== '' && !pages.get(file)?.includes(` id="${id}"`)) return `${link}: there is no such heading`;
  return undefined;
}

const problems = [...pages].flatMap(([page, html]) => {
  const links = new Set(Array.from(html.matchAll(/<a [^>]*?href="([^"]*)"/g), ([, link = '']) => link));
  return [...links].flatMap((link) => problemOf(link, page) ?? []).map((problem) => `${page}: ${problem}`);
});
for (const page of pages.keys()) if (!reached.has(page)) problems.push(`${page}: no other page leads to it`);
if (pages.size === 0) problems.push('the documentation is not built: run `pnpm docs:build`');
if (problems.length > 0) {
  console.error(problems.join('\n'));
  process.exit(1);
}
console.log(`documentation: the links of ${pages.size} pages lead somewhere`);
