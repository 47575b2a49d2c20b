// Writes docs/helm-values.md from the comments of the chart's values; with --check only says whether it is current.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { isMap, isScalar, parseDocument, type YAMLMap } from 'yaml';

const at = (path: string) => fileURLToPath(new URL(`../${path}`, import.meta.url));
const values = parseDocument(readFileSync(at('deploy/helm/hotplex/values.yaml'), 'utf8'));

/** A row for each value that has a comment above it. Throws for one that has none and is no section either. */
function rows(section: YAMLMap, prefix: string): string[] {
  return section.items.flatMap(({ key, value }, index) => {
    if (!isScalar(key)) throw new Error(`values.yaml: a key of ${prefix} is no word`);
    const path = `${prefix}${key.value}`;
    // What stands above the first key is the whole section's to the parser; of the file's it is the last paragraph.
    const above = key.commentBefore ?? (index === 0 ? section.commentBefore : undefined);
    const comment = above?.split('\n\n').at(-1)?.trim().replaceAll(/\n\s*/g, ' ');
    if (comment) return `| \`${path}\` | \`${JSON.stringify(value)}\` | ${comment} |`;
    if (isMap(value)) return rows(value, `${path}.`);
    throw new Error(`values.yaml: ${path} has no comment that says what it is for`);
  });
}

if (!isMap(values.contents)) throw new Error('values.yaml has no values');
const page = `# Values of the Helm chart

What \`deploy/helm/hotplex\` takes with \`--set\` or \`--values\`; [With Helm](cluster.md#with-helm) says how to use it. A value
that is not here is refused, and so are values that cannot be meant together: the answer names them and says what to do.

| value | default | meaning |
|---|---|---|
${rows(values.contents, '').join('\n')}
`;

const file = at('docs/helm-values.md');
if (!process.argv.includes('--check')) writeFileSync(file, page);
else if (!existsSync(file) || readFileSync(file, 'utf8') !== page) {
  console.error('docs/helm-values.md is not what values.yaml says: run `node scripts/write-helm-values.ts`');
  process.exit(1);
}
