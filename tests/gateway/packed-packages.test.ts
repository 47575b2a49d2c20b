import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core';
import { publint } from 'publint';
import { type OutputChunk, rolldown } from 'rolldown';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { packageNames, packPackages, runTool } from '../support/packed-packages.ts';
import { apiKey, type RunningGateway, startGateway } from '../support/start-gateway.ts';

const packages = fileURLToPath(new URL('../../packages', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'hotplex-packages-'));
const app = join(folder, 'app');

let tarballs: Map<(typeof packageNames)[number], string>;
let gateway: RunningGateway;
beforeAll(async () => {
  [tarballs, gateway] = await Promise.all([packPackages(folder), startGateway()]);
  mkdirSync(app);
  await runTool('npm', ['init', '-y'], { cwd: app });
  const quiet = ['--prefer-offline', '--no-audit', '--no-fund', '--loglevel=error'];
  await runTool('npm', ['install', ...quiet, ...tarballs.values(), 'ai@^7.0.149'], { cwd: app });
}, 300_000);
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await gateway?.[Symbol.asyncDispose]();
});

const read = (name: (typeof packageNames)[number]) => readFileSync(tarballs.get(name) ?? '');

describe.each(packageNames)('the tarball of %s', (name) => {
  test('is one that npm, bundlers and TypeScript understand', async () => {
    const bytes = read(name);
    const tarball = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
    expect((await publint({ pack: { tarball }, strict: true })).messages).toEqual([]);
    const result = await checkPackage(createPackageFromTarballData(bytes));
    // These packages are modules only: what CommonJS and the resolution of Node 10 make of them does not count.
    const counts = ['node16-esm', 'bundler'];
    const problems = result.types
      ? result.problems.filter((each) => !('resolutionKind' in each) || counts.includes(each.resolutionKind))
      : ['it has no types'];
    expect(problems).toEqual([]);
  });
});

test('installed with npm in an empty folder, the quick start of the README runs', async () => {
  const readme = readFileSync(join(packages, 'client-sdk/README.md'), 'utf8');
  const [, code = ''] = /^```js\n(.*?)^```$/ms.exec(readme) ?? [];
  writeFileSync(join(app, 'quickstart.mjs'), code);
  const env = { HOTPLEX_URL: gateway.url, HOTPLEX_KEY: apiKey };
  const printed = await runTool(process.execPath, ['quickstart.mjs'], { cwd: app, env });
  expect(printed).toMatch(/That was my reasoning; you can fold it away\.\ndone in \d+ ms\n$/);
});

test('the transport and the protocol run as they were packed', async () => {
  const code = `
    import { AepChatTransport } from '@hotplex/ai-sdk-transport';
    import { decodeServerFrame } from '@hotplex/aep-protocol';
    import schema from '@hotplex/aep-protocol/schema' with { type: 'json' };
    const { HOTPLEX_URL: url, HOTPLEX_KEY: auth } = process.env;
    const transport = new AepChatTransport({ url, auth, workerType: () => 'demo' });
    await transport.connect('packed');
    console.log(transport.client('packed').session.state, decodeServerFrame('{').outcome, schema.title);
    transport.close();`;
  const env = { HOTPLEX_URL: gateway.url, HOTPLEX_KEY: apiKey };
  const args = ['--input-type=module', '--eval', code];
  expect(await runTool(process.execPath, args, { cwd: app, env })).toBe('created refused AEP v1\n');
});

/** What a page gets that exports this of the installed packages: minified by a bundler, as one file. */
async function bundle(code: string) {
  const input = join(app, 'page.js');
  writeFileSync(input, code);
  const bundled = await rolldown({ input, platform: 'browser', logLevel: 'silent' });
  const { output } = await bundled.generate({ format: 'esm', minify: true });
  const [chunk] = output as [OutputChunk];
  return { ...chunk, gzipped: gzipSync(chunk.code).length, chunks: output.length };
}

describe('the client in a page', () => {
  test('all of it is at most 15 kB gzipped, and brings no schema library', async () => {
    const { gzipped, modules, chunks } = await bundle("export * from '@hotplex/client-sdk'");
    expect(chunks).toBe(1);
    expect(gzipped).toBeLessThanOrEqual(15_000);
    expect(Object.keys(modules).filter((path) => /node_modules.zod/.test(path))).toEqual([]);
  });

  test('it needs nothing of Node', async () => {
    const { code, imports } = await bundle("export * from '@hotplex/client-sdk'");
    expect(imports).toEqual([]);
    expect(code).not.toMatch(/\bnode:|\brequire\(|\bprocess\.|\bBuffer\b/);
  });

  test.each([
    // The texts of the error codes are most of this.
    { name: 'AepError', most: 2_500, without: /^(client|sessions-api|link|socket|server-shapes)\.js/ },
    { name: 'SessionsApi', most: 7_000, without: /^(client|files-api|link|socket|turn)\.js/ },
    { name: 'FilesApi', most: 3_500, without: /^(client|sessions-api|link|socket|server-shapes)\.js/ },
  ])('$name alone does not bring the rest', async ({ name, most, without }) => {
    const { gzipped, modules } = await bundle(`export { ${name} } from '@hotplex/client-sdk'`);
    const brought = Object.entries(modules).flatMap(([path, { renderedLength }]) =>
      renderedLength > 0 ? [path.replace(/.*[/\\]/, '')] : [],
    );
    expect(gzipped).toBeLessThanOrEqual(most);
    expect(brought.filter((file) => without.test(file))).toEqual([]);
  });
});

test('React comes with the subpath of the transport only', async () => {
  const { modules } = await bundle("export * from '@hotplex/ai-sdk-transport'");
  expect(Object.keys(modules).filter((path) => /node_modules.react/.test(path))).toEqual([]);
});
