// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the files under test have them.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { inspect } from 'node:util';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { loadConfig } from '../src/config.ts';
import { readConfigFile } from '../src/config-file.ts';
import { compareConfigs, reportSettings } from '../src/config-report.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hotplex-config-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function write(name: string, text: string): string {
  const file = join(folder, name);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  return file;
}

test.each([
  ['a.yaml', 'session:\n  max_queue: 7\n'],
  ['a.yml', 'session: {max_queue: 7}'],
  ['a.json', '{"session": {"max_queue": 7}}'],
  ['a.toml', '[session]\nmax_queue = 7\n'],
  ['conf', 'session:\n  max_queue: 7\n'],
])('%s is read by its ending', (name, text) => {
  expect(loadConfig({ file: write(name, text), env: {} }).config.session.max_queue).toBe(7);
});

test.each([
  ['a.yaml', 'a: [', 'YAML'],
  ['a.json', '{"a": ', 'JSON'],
  ['a.toml', 'a = = 1', 'TOML'],
])('[G12] what is wrong in %s is said in one line', (name, text, format) => {
  const file = write(name, text);
  expect(() => readConfigFile(file, {})).toThrow(
    new RegExp(`^the configuration file ${file} is not valid ${format}: [^\\n]+$`),
  );
});

test.each([
  ['a.yaml', 'security:\n  jwt_secret: "%"x\n', 2],
  ['b.yaml', 'security:\n  jwt_secret: *%\n', undefined],
  ['c.yaml', 'security:\n  jwt_secret: !<%> 1\n  x: [\n', 4],
  ['a.json', '{"security": {"jwt_secret": %}}', 1],
  ['b.json', '{"security": {\n"jwt_secret": "%" "x"}}', 2],
  ['a.toml', '[security]\njwt_secret = %\n', 2],
])(
  '[J9] a mistake in %s is said without a word of the file, which may be a secret',
  async (name, text, line) => {
    const secret = 's3cr3t-of-the-file-0123456789abcdef';
    const file = write(name, text.replace('%', secret));
    const read = () => readConfigFile(file, {});
    expect(read).toThrow(line === undefined ? /is not valid/ : `see line ${line}, column`);
    try {
      read();
    } catch (error) {
      expect(inspect(error)).not.toContain('s3cr3t');
    }
    // Nor by a warning, which comes later and by itself.
    const warned: string[] = [];
    const note = (warning: Error) => void warned.push(warning.message);
    process.on('warning', note);
    await setImmediate();
    process.off('warning', note);
    expect(warned.join()).not.toContain('s3cr3t');
  },
);

test('a file goes over those that it inherits, section by section; lists are replaced', () => {
  write('base/all.toml', '[session]\nmax_queue = 1\nmax_input_size = 2\n[security]\nallowed_hosts = ["a"]\n');
  write('base/team.yaml', 'inherits: all.toml\nsession: {max_queue: 3}\n');
  write('log.json', '{"log": {"level": "warn"}, "session": {"max_queue": 4}}');
  const file = write('mine.yaml', 'inherits: [base/team.yaml, log.json]\nsecurity: {allowed_hosts: [b]}\n');
  const { config, files } = loadConfig({ file, env: {} });
  expect(config.session).toMatchObject({ max_queue: 4, max_input_size: 2 });
  expect(config.log.level).toBe('warn');
  expect(config.security.allowed_hosts).toEqual(['b']);
  const names = ['mine.yaml', 'base/team.yaml', 'base/all.toml', 'log.json'];
  expect(files).toEqual(names.map((name) => join(folder, name)));
});

test('[G12] files that inherit each other, or one that is not there, are named', () => {
  const a = write('a.yaml', 'inherits: b.yaml');
  const b = write('b.yaml', 'inherits: a.yaml');
  expect(() => readConfigFile(a, {})).toThrow(`in a circle: ${a} → ${b} → ${a}`);
  const c = write('c.yaml', 'inherits: nowhere.yaml');
  expect(() => readConfigFile(c, {})).toThrow(`${join(folder, 'nowhere.yaml')} cannot be read`);
  expect(() => readConfigFile(write('d.yaml', 'inherits: 5'), {})).toThrow(
    'inherits must be the path of a file',
  );
});

test('variables are filled in where they stand, also in lists; the value may look like one itself', () => {
  const file = write(
    'a.yaml',
    [
      'gateway: {addr: "127.0.0.1:${PORT:-9000}"}',
      'security: {allowed_hosts: ["${HOST}", "${EMPTY:-none}", "$${HOST}"], jwt_issuer: "${ISSUER}"}',
    ].join('\n'),
  );
  const { config } = loadConfig({ file, env: { HOST: 'one.example', EMPTY: '', ISSUER: '${HOST}' } });
  expect(config.gateway.addr).toBe('127.0.0.1:9000');
  expect(config.security).toMatchObject({
    allowed_hosts: ['one.example', 'none', '${HOST}'],
    jwt_issuer: '${HOST}',
  });
});

test('[G12] a variable that is not set and has no default is named, and where it stands', () => {
  const file = write('a.yaml', 'security: {jwt_issuer: "${ISSUER}"}');
  expect(() => readConfigFile(file, {})).toThrow(
    `${file}: security.jwt_issuer needs the environment variable ISSUER: set it, or write \${ISSUER:-default}`,
  );
});

test('[G12] what is no section is refused as that, also when the environment has something for it', () => {
  const file = write('a.yaml', 'gateway: "127.0.0.1:1"\nsecurity: [key]\n');
  const env = { HOTPLEX_GATEWAY_ADDR: '127.0.0.1:2', HOTPLEX_SECURITY_API_KEY_1: 'k'.repeat(32) };
  expect(() => loadConfig({ file, env })).toThrow(/the setting gateway .* is wrong/);
  expect(() => loadConfig({ file, env })).toThrow(/the setting security .* is wrong/);
});

test('each setting says where it is from, and no secret is shown', () => {
  const file = write('a.yaml', 'session: {max_queue: 7, max_input_size: 5}\nadmin: {token: hush}\n');
  const key = 'k'.repeat(32);
  const loaded = loadConfig({
    file,
    env: { HOTPLEX_SESSION_MAX_QUEUE: '8', HOTPLEX_SECURITY_API_KEY_1: key },
  });
  const report = new Map(reportSettings(loaded).map(({ path, ...rest }) => [path, rest]));
  expect(report.get('session.max_queue')).toEqual({ value: 8, origin: 'environment' });
  expect(report.get('session.max_input_size')).toEqual({ value: 5, origin: 'file' });
  expect(report.get('session.turn_timeout')).toEqual({ value: 0, origin: 'default' });
  expect(report.get('admin.token')).toEqual({ value: '(secret)', origin: 'file' });
  expect(report.get('security.api_keys')).toEqual({ value: '(secret)', origin: 'environment' });

  const differences = compareConfigs(loadConfig({ file: undefined, env: {} }).config, loaded.config);
  expect(differences).toContainEqual({ path: 'session.max_queue', one: 50, other: 8 });
  expect(differences).toContainEqual({ path: 'security.api_keys', one: [], other: '(secret)' });
  expect(JSON.stringify([...report, differences])).not.toMatch(/hush|kkk/);
});
