// Every block of code in docs/ is one that some test knows: brought in from an example that tests run, a configuration that
// the gateway would take, or lines for a shell. What is brought in is there.
import { existsSync, globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadConfig } from '../apps/gateway/src/config.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const docs = join(root, 'docs');

/** Folders of programs that tests run, each of them or all. */
const tested = [
  'apps/gateway/examples/front-doors/', // tests/gateway/front-door-examples.test.ts
  'packages/client-sdk/examples/', // tests/sdks/typescript-examples.test.ts
  'apps/gateway/examples/', // apps/gateway/test/embedding-examples.test.ts, tests/gateway/package.test.ts
  'packages/ai-sdk-transport/examples/', // tests/browser/transport-examples.test.ts, tests/gateway/transport-example.test.ts
  'sdks/python/examples/', // tests/sdks/python.test.ts
  'sdks/go/examples/', // tests/sdks/go.test.ts
  'sdks/java/examples/', // tests/sdks/java.test.ts
];

type Block = { language: string; text: string; line: number };
type Page = { name: string; text: string };

/** What is wrong with a block, by its language; undefined if nothing is. */
const judges: Readonly<Record<string, (block: Block) => string | undefined>> = {
  // Pictures made of letters, and what programs print.
  '': () => undefined,
  // Those of the getting-started pages are typed by the tests that are called newcomer, and those of cluster.md and
  // operations.md, but for "From nothing to a service", which needs root and systemd; those of "With Helm" by helm.test.ts.
  bash: () => undefined,
  yaml: ({ text }) => refusalOf(text),
  json: ({ text }) => refusalIn(() => JSON.parse(text)),
};

/** Why the gateway would not start with a configuration. */
function refusalOf(text: string): string | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'hotplex-docs-'));
  try {
    writeFileSync(join(folder, 'base.yaml'), '');
    writeFileSync(join(folder, 'hotplex.yaml'), text);
    // Whatever a configuration takes from the environment is there, and long enough for a secret.
    const named = Array.from(text.matchAll(/\$\{(\w+)\}/g), ([, name = '']) => [name, name.padEnd(64, '-')]);
    return refusalIn(() =>
      loadConfig({ file: join(folder, 'hotplex.yaml'), env: Object.fromEntries(named) }),
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function refusalIn(attempt: () => unknown): string | undefined {
  try {
    attempt();
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function blocksOf(text: string): Block[] {
  return Array.from(text.matchAll(/^(`{3,})(\S*)[^\n]*\n([\s\S]*?)^\1$/gm), (match) => ({
    language: match[2] ?? '',
    text: match[3] ?? '',
    line: text.slice(0, match.index).split('\n').length,
  }));
}

function blockProblem(block: Block): string | undefined {
  const judge = judges[block.language];
  if (judge) return judge(block);
  return `no test knows this block of ${block.language}: put it into an example that a test runs, and bring it in with <<<`;
}

/** A file that a page brings in as code, and that is therefore run somewhere. */
function snippetProblem(target: string): string | undefined {
  const path = relative(root, join(docs, target.replace(/^@\//, '').replace(/[#{\s].*$/, '')));
  if (!existsSync(join(root, path))) return `there is no ${path} to bring in`;
  if (!tested.some((folder) => path.startsWith(folder)))
    return `${path} is in no folder of examples that tests run; scripts/check-docs.ts knows those`;
  return undefined;
}

/** A region of another page, whose blocks count as this one's. */
function includeProblems(target: string, page: Page): string[] {
  const [path = '', region] = target.split('#');
  const file = join(docs, page.name, '..', path);
  if (!existsSync(file)) return [`there is no ${target} to include`];
  const text = readFileSync(file, 'utf8');
  if (region === undefined) return problemsOf({ name: page.name, text });
  const found = new RegExp(`<!-- #region ${region} -->\n([\\s\\S]*?)<!-- #endregion ${region} -->`).exec(
    text,
  );
  return found ? problemsOf({ name: page.name, text: found[1] ?? '' }) : [`${path} has no region ${region}`];
}

function problemsOf(page: Page): string[] {
  const { text } = page;
  const targets = (pattern: RegExp) => Array.from(text.matchAll(pattern), ([, target = '']) => target);
  return [
    ...blocksOf(text).map((block) => [`line ${block.line}`, blockProblem(block)] as const),
    ...targets(/^<<< (.+)$/gm).map((target) => [target, snippetProblem(target)] as const),
  ]
    .flatMap(([where, problem]) => (problem === undefined ? [] : `${where}: ${problem}`))
    .concat(targets(/<!--@include: (\S+)-->/g).flatMap((target) => includeProblems(target, page)));
}

const pages = globSync('**/*.md', { cwd: docs, exclude: ['node_modules/**', 'api/**'] }).sort();
const problems = pages.flatMap((name) =>
  problemsOf({ name, text: readFileSync(join(docs, name), 'utf8') }).map(
    (problem) => `docs/${name}, ${problem}`,
  ),
);
if (pages.length === 0) problems.push('there is no page in docs/');
if (problems.length > 0) {
  console.error(problems.join('\n'));
  process.exit(1);
}
console.log(`documentation: the blocks of ${pages.length} pages are known to tests`);
