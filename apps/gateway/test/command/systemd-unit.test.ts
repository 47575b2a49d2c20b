import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { systemdUnit } from '../../src/command/service/systemd-unit.ts';

const deployed = readFileSync(
  new URL('../../../../deploy/systemd/hotplex.service', import.meta.url),
  'utf8',
).split('\n');
const program = { command: ['/usr/bin/node', '/main.mjs', 'serve'], path: '/$x/bin', stopSeconds: 35 };

/** What is not the same on every machine: where the program is, how long it may take, and where its data lies. */
const differing = [
  ...['ExecStart=', 'Environment="PATH=', 'TimeoutStopSec=', 'Environment=HOME=/var/lib/hotplex '],
  ...['StateDirectory=hotplex', 'ReadWritePaths=/var/lib/hotplex'],
];

test('the unit that is installed has no line that the deployed one has not, but where things are', () => {
  const lines = systemdUnit({ ...program, isSystem: true }).split('\n');
  const others = lines.filter((line) => !deployed.includes(line));
  for (const beginning of differing)
    expect(others.filter((line) => line.startsWith(beginning))).toHaveLength(1);
  expect(others).toHaveLength(differing.length);
});

test.each([true, false])('both are reloaded in the same way, for the whole machine: %s', (isSystem) => {
  const reload = 'ExecReload=/bin/kill -HUP $MAINPID';
  expect(systemdUnit({ ...program, isSystem }).split('\n')).toContain(reload);
  expect(deployed).toContain(reload);
});

test('a dollar is doubled where systemd would replace it, and nowhere else', () => {
  const unit = systemdUnit({ ...program, command: ['/$x/node'], isSystem: false });
  expect(unit).toContain('ExecStart="/$$x/node"\n');
  expect(unit).toContain('Environment="PATH=/$x/bin"\n');
});
