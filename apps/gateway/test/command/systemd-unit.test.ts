import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { systemdUnit } from '../../src/command/service/systemd-unit.ts';

const deployed = readFileSync(new URL('../../../../deploy/systemd/hotplex.service', import.meta.url), 'utf8');
const program = { command: ['/usr/bin/node', '/main.mjs', 'serve'], path: '/$x/bin', stopSeconds: 35 };

/** What a unit says, but for what is not the same on every machine: where the program is, and how long it may take. */
const saidBy = (unit: string) =>
  unit
    .split('\n')
    .filter((line) => /^\w/.test(line) && !/^(ExecStart=|Environment="PATH=|TimeoutStopSec=)/.test(line))
    .toSorted();

test('the unit that is installed and the one that is deployed say the same, but where things are', () => {
  expect(saidBy(systemdUnit({ ...program, isSystem: true }))).toEqual(saidBy(deployed));
});

test('the one that is installed for you is reloaded in the same way', () => {
  const reload = 'ExecReload=/bin/kill -HUP $MAINPID';
  expect(saidBy(systemdUnit({ ...program, isSystem: false }))).toContain(reload);
  expect(saidBy(deployed)).toContain(reload);
});

test('a dollar is doubled where systemd would replace it, and nowhere else', () => {
  const unit = systemdUnit({ ...program, command: ['/$x/node'], isSystem: false });
  expect(unit).toContain('ExecStart="/$$x/node"\n');
  expect(unit).toContain('Environment="PATH=/$x/bin"\n');
});
