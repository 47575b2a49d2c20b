// Puts the built sites beside the gateway's program, where it looks for them first, to be packed with it; with --remove takes
// them away again, so that a checkout goes on serving what it builds.
import { cpSync, existsSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const program = join(root, 'apps/gateway/dist');
const sites = [
  { name: 'webchat', built: 'apps/webchat/out', remedy: 'pnpm build' },
  { name: 'docs', built: 'docs/.vitepress/dist', remedy: 'pnpm docs:build' },
];

for (const { name, built, remedy } of sites) {
  const target = join(program, name);
  rmSync(target, { recursive: true, force: true });
  if (process.argv.includes('--remove')) continue;
  if (!existsSync(join(root, built, 'index.html'))) {
    console.error(`${built} is not built: run \`${remedy}\``);
    process.exit(1);
  }
  cpSync(join(root, built), target, { recursive: true });
}
