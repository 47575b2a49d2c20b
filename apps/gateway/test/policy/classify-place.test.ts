import { expect, test } from 'vitest';
import { classifyPlace } from '../../src/policy/place/classify-place.ts';
import { wild } from '../../src/policy/place/wildcard.ts';

const context = {
  workDir: '/home/agent/proj',
  home: '/home/agent',
  gatewayDirs: ['/var/lib/hotplex', '/etc/hotplex'],
  gatewayPorts: [8888],
};

/** `*` and `?` of the text are those of a glob, `…` is an unknown part. */
const classify = (path: string, cwd = context.workDir, changes: Partial<typeof context> = {}) =>
  classifyPlace(path.replaceAll('*', wild.run).replaceAll('?', wild.one).replaceAll('…', wild.text), cwd, {
    ...context,
    ...changes,
  });

test.each([
  ['src/index.ts', 'work'],
  ['.', 'work'],
  ['../proj-evil/x', 'outside'],
  ['/tmp/x', 'temporary'],
  ['/tmp/../etc/passwd', 'system'],
  ['/proc/self/root/etc/passwd', 'system'],
  ['/proc/thread-self/root/usr/bin/x', 'system'],
  ['/proc/self/cwd/src/x', 'work'],
  ['/proc/1/task/1/root/etc/x', 'system'],
  ['//etc//./passwd', 'system'],
  ['/e?c/passwd', 'system'],
  ['/usr/local/bin/x', 'system'],
  ['/usr-evil/x', 'outside'],
  ['/var/spool/cron/agent', 'system'],
  ['/var/log/x', 'outside'],
  ['/opt/app', 'outside'],
  ['/dev/null', 'stream'],
  ['/dev/fd/3', 'stream'],
  ['/dev/sda', 'device'],
  ['/dev/sd*', 'device'],
  ['/dev/tcp/example.com/80', 'network'],
  ['/var/lib/hotplex/db.sqlite', 'gateway'],
  ['/var/lib/hotplex-evil/x', 'outside'],
  ['../.bashrc', 'home-configuration'],
  ['/home/agent/.config/systemd/user/x.service', 'home-configuration'],
  ['/home/bob/.profile', 'home-configuration'],
  ['/home/agent/.local/bin/ls', 'home-configuration'],
  ['/home/agent/notes.txt', 'outside'],
  ['.git/hooks/pre-commit', 'project-configuration'],
  ['packages/a/.git/config', 'project-configuration'],
  ['.git/index.lock', 'work'],
  ['.claude/settings.json', 'project-configuration'],
  ['/tmp/clone/.git/hooks/x', 'project-configuration'],
  ['.github/workflows/ci.yml', 'work'],
] as const)('[C4] %s is %s', (path, zone) => {
  expect(classify(path).zone).toBe(zone);
});

test.each([
  ...[
    '/etc/shadow',
    '/e*/sh*w',
    '/home/agent/.ssh/id_rsa',
    '/home/agent/.ssh/id_r*',
    '/home/agent/.ssh',
    '/home/agent/.ssh/*',
  ],
  ...[
    '/home/*/.ssh/id_ed25519',
    '/root/.aws/credentials',
    '/proc/self/environ',
    '/proc/…/environ',
    '/proc/*/mem',
    '../.netrc',
  ],
  ...[
    '/var/lib/hotplex/keys/x.pem',
    '/home/agent/.s?h/id_rsa',
    '/proc/self/root/etc/shadow',
    '/home/agent/.ssh/…',
  ],
])('[N6] %s is a secret', (path) => {
  expect(classify(path).secret).toBe(true);
});

test.each([
  ...[
    '/home/agent/.ssh/id_rsa.pub',
    '/home/agent/.ssh/*.pub',
    '/home/agent/.ssh/known_hosts',
    '/etc/passwd',
    '/etc/os-release',
  ],
  ...['.ssh/id_rsa', '.env', '/proc/cpuinfo', '…', '/home/agent', '/home/agent/*', 'docs/shadow'],
])('[N6] %s is none', (path) => {
  expect(classify(path).secret).toBe(false);
});

test.each([
  ...[
    '/',
    '/*',
    '/etc',
    '/etc/nginx/conf.d',
    '/usr/local',
    '/opt',
    '/tmp',
    '/var',
    '/home',
    '/home/agent',
    '/home/*',
    '..',
    '../*',
    '../.*',
  ],
  ...[
    '../..',
    '/home/agent/',
    '/[a-z]*'.replace('[a-z]', '?'),
    '/var/lib/hotplex',
    '/var/lib',
    '/proc/self/root',
    '/root/x',
  ],
])('[N1] %s is a protected root', (path) => {
  expect(classify(path).protectedRoot).toBe(true);
});

test.each([
  ...[
    '.',
    '*',
    'build',
    '/tmp/x',
    '/opt/app',
    '/home/agent/projects/old',
    '/home/bob/x',
    '/var/log/x',
    '../Doc*',
  ],
])('[N1] %s is none', (path) => {
  expect(classify(path).protectedRoot).toBe(false);
});

test('[C5] the whole of a project is more than a part of it', () => {
  for (const path of ['.', '*', './*', '.*', '.git', '/home/agent/proj/', 'sub/..', '/tmp/*'])
    expect(classify(path), path).toMatchObject({ wholeProject: true });
  for (const path of ['build', 'build/*', '*.tmp', '.github', '/tmp/x*'])
    expect(classify(path), path).toMatchObject({ wholeProject: false });
  expect(classify('*', '/home/agent/proj/build').wholeProject).toBe(false);
});

test('the deeper of the work dir and a directory of the gateway owns a path', () => {
  const inside = { gatewayDirs: ['/srv/gw'], workDir: '/srv/gw/work/s1' };
  expect(classify('a.txt', '/srv/gw/work/s1', inside).zone).toBe('work');
  expect(classify('/srv/gw/db', '/srv/gw/work/s1', inside).zone).toBe('gateway');
  const around = { gatewayDirs: ['/home/agent/proj/.data'] };
  expect(classify('.data/x', context.workDir, around).zone).toBe('gateway');
  expect(classify('.', context.workDir, around).protectedRoot).toBe(true);
});

test('a work dir in the home of root is no system tree', () => {
  const root = { home: '/root', workDir: '/root/proj' };
  expect(classify('x', '/root/proj', root).zone).toBe('work');
  expect(classify('/root/.bashrc', '/root/proj', root).zone).toBe('home-configuration');
  expect(classify('/root/notes', '/root/proj', root).zone).toBe('outside');
});

test('a work dir in a place of secrets or of tools is still the session’s, and what is beside it is not', () => {
  const own = '/home/agent/.hotplex/workspace';
  const inside = { workDir: own, gatewayDirs: ['/home/agent/.hotplex/data'] };
  const at = (path: string) => classify(path, own, inside);
  expect(at('src/a.ts')).toMatchObject({ zone: 'work', secret: false });
  expect(at('.vscode/x.json').zone).toBe('project-configuration');
  expect(at('../other/x')).toMatchObject({ zone: 'home-configuration', secret: true });
  // A wildcard may mean the work dir, and its neighbours.
  expect(at('../*/signing-key.json')).toMatchObject({ zone: 'gateway', secret: true });
  expect(at('/home/agent/.h*/data/x').secret).toBe(true);
  expect(at('/home/agent/.ssh/id_rsa').secret).toBe(true);
});
