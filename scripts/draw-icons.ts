// Draws the icons of the installed web chat from its app/icon.svg, with Chromium. Run it when the mark is another one.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { openBrowser } from '../tests/support/open-browser.ts';

const at = (path: string) => fileURLToPath(new URL(`../apps/webchat/${path}`, import.meta.url));
const mark = readFileSync(at('app/icon.svg'), 'utf8');

/** A mask may cut off all but a circle of 80 percent; then the ground goes to the edges, and the sign stays within. */
const masked = mark
  .replace('rx="9" ', '')
  .replace('<path ', '<path transform="translate(16 16) scale(0.8) translate(-16 -16)" ');
const icons = [
  { name: 'icon-192', size: 192, svg: mark },
  { name: 'icon-512', size: 512, svg: mark },
  { name: 'icon-maskable-512', size: 512, svg: masked },
  { name: 'apple-touch-icon', size: 180, svg: masked },
];

const browser = await openBrowser();
for (const { name, size, svg } of icons) {
  const page = await browser.newPage({ viewport: { width: size, height: size } });
  const picture = `data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}`;
  await page.setContent(
    `<style>body{margin:0}</style><img width="${size}" height="${size}" src="${picture}">`,
  );
  await page.screenshot({ path: at(`public/icons/${name}.png`), omitBackground: true });
  await page.close();
}
await browser.close();
