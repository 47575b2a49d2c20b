import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const files = [
  '{packages,apps}/*/test/**/*.{test.ts,test.tsx}',
  'tests/**/*.test.ts',
  'apps/*/test/contracts/*.ts',
];

/** What stands in brackets at the beginning of test titles, such as `[R3] [CVE-2025-52882]`, and in which files. */
export function tagsOfTests(root) {
  const tags = new Map();
  for (const file of globSync(files, { cwd: root, exclude: ['**/node_modules/**'] }))
    for (const [, group] of readFileSync(join(root, file), 'utf8').matchAll(/['"`]((?:\[[\w#-]+\]\s*)+)/g))
      for (const [, tag] of group.matchAll(/\[([\w#-]+)\]/g)) {
        if (!tags.has(tag)) tags.set(tag, new Set());
        tags.get(tag).add(file.replaceAll('\\', '/'));
      }
  return tags;
}
