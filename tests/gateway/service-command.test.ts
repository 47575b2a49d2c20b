import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { launchdPlist } from '../../apps/gateway/src/command/service/launchd-plist.ts';
import { refuseHomes } from '../../apps/gateway/src/command/service/refuse-homes.ts';
import { systemdUnit } from '../../apps/gateway/src/command/service/systemd-unit.ts';
import { ownHome } from '../support/own-home.ts';

const program = {
  command: [process.execPath, '/opt/a "b" 100%/$x/main.mjs', 'serve'],
  path: '/usr/bin:/bin',
  isSystem: false,
  stopSeconds: 35,
};
const systemd = spawnSync('systemd-analyze', ['--version'], { encoding: 'utf8' });
const hasSystemd = systemd.status === 0;
/** 250 was the first that rates a file. */
const rates = hasSystemd && Number(/\d+/.exec(systemd.stdout)?.[0]) >= 250;

test('a unit says what is run, however odd its path is', () => {
  const unit = systemdUnit(program);
  expect(unit).toContain('"/opt/a \\"b\\" 100%%/$$x/main.mjs" "serve"\n');
  expect(unit).toContain('WantedBy=default.target');
  expect(unit).toContain('NoNewPrivileges=yes');
  const system = systemdUnit({ ...program, isSystem: true });
  for (const line of [
    'User=hotplex',
    'ProtectSystem=strict',
    'CapabilityBoundingSet=',
    'WantedBy=multi-user.target',
  ])
    expect(system.split('\n')).toContain(line);
  expect(launchdPlist({ ...program, path: 'a&b' }, { logFile: '/l.log' })).toContain(
    '<string>a&amp;b</string>',
  );
});

/** The one of the repository, with a program that is there: systemd looks for it. */
const deployed = readFileSync(
  new URL('../../deploy/systemd/hotplex.service', import.meta.url),
  'utf8',
).replace('/usr/local/bin/hotplex', process.execPath);
const own = { ...program, command: [process.execPath, '/x', 'serve'] };

test.runIf(hasSystemd).each([
  ['for you', '--user', systemdUnit(own)],
  ['for the whole machine', '--system', systemdUnit({ ...own, isSystem: true })],
  ['that is deployed', '--system', deployed],
])('systemd takes the unit %s', (_, scope, unit) => {
  const { home } = ownHome();
  const file = join(home, 'hotplex.service');
  writeFileSync(file, unit);
  const { status, stderr } = spawnSync('systemd-analyze', ['verify', scope, file], {
    encoding: 'utf8',
    env: { ...process.env, XDG_RUNTIME_DIR: home },
  });
  // What it does not know it ignores, says so, and ends with 0 all the same.
  expect(stderr.split('\n').filter((line) => line.includes('hotplex.service'))).toEqual([]);
  expect(status, stderr).toBe(0);
});

test.runIf(rates).each([
  ['for the whole machine', systemdUnit({ ...own, isSystem: true })],
  ['that is deployed', deployed],
])('systemd finds that the unit %s exposes little', (_, unit) => {
  const { home } = ownHome();
  const file = join(home, 'hotplex.service');
  writeFileSync(file, unit);
  const args = ['security', '--offline=yes', '--threshold=35', '--no-pager', file];
  const { status, stdout, stderr } = spawnSync('systemd-analyze', args, { encoding: 'utf8' });
  expect(status, stdout + stderr).toBe(0);
});

test('the service of the whole machine runs nothing that lies in somebody’s home', () => {
  expect(() =>
    refuseHomes(['/usr/bin/node', '/usr/local/lib/node_modules/x.mjs', '/homes/node']),
  ).not.toThrow();
  for (const file of ['/root/.nvm/node', '/home/ann/node', '/run/user/1/node'])
    expect(() => refuseHomes(['/usr/bin/node', file])).toThrow(`cannot run ${file}`);
});

test('install writes the unit and starts it, --print does neither; uninstall takes it out', async () => {
  const { home, cli, env } = ownHome();
  const told = join(home, 'told');
  const bin = join(home, 'bin');
  mkdirSync(bin);
  // A service manager that takes down what it is told.
  writeFileSync(join(bin, 'systemctl'), `#!/bin/sh\necho "$@" >> '${told}'\n`);
  chmodSync(join(bin, 'systemctl'), 0o755);
  env.PATH = `${bin}:${process.env.PATH}`;
  const file = join(home, '.config/systemd/user/hotplex.service');
  expect((await cli(['service', 'install', '--print'])).out).toContain('[Service]');
  expect(existsSync(file)).toBe(false);
  expect((await cli(['service', 'install'])).code).toBe(0);
  expect(readFileSync(file, 'utf8')).toContain('"serve"');
  expect((await cli(['service', 'status'])).code).toBe(0);
  expect((await cli(['service', 'uninstall'])).code).toBe(0);
  expect(existsSync(file)).toBe(false);
  expect(readFileSync(told, 'utf8').trim().split('\n')).toEqual([
    '--user daemon-reload',
    '--user enable --now hotplex.service',
    '--user status --no-pager hotplex.service',
    '--user disable --now hotplex.service',
  ]);
});
