import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type IsolationLevel, isolationLevels } from '@hotplex/aep-protocol';
import { expect, onTestFinished, test } from 'vitest';
import { chooseIsolation } from '../src/choose-isolation.ts';
import { configSchema } from '../src/config-schema.ts';

type Asked = Record<string, unknown> & { container?: Record<string, unknown> };

/** An engine of containers that does as it is told by this line of a shell. */
function engine(line: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'engine-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const command = join(folder, 'engine');
  writeFileSync(command, `#!/bin/sh\n${line}\n`);
  chmodSync(command, 0o700);
  return command;
}

const choose = (worker: Asked) =>
  chooseIsolation(configSchema.parse({ worker }), {
    ...{ hidden: [], egressDir: '/nowhere', environment: {} },
  });

/** By level what keeps a session from choosing it; undefined: nothing. */
async function problems(worker: Asked, type = 'claude_code') {
  const { at } = (await choose(worker)).of(type);
  const entries = isolationLevels.map((level) => {
    const walls = at[level];
    return [level, 'refused' in walls ? walls.problem : undefined] as const;
  });
  return Object.fromEntries(entries) as Record<IsolationLevel, string | undefined>;
}

test.for(['none', 'process', 'sandbox'] as const)(
  '[B1] nothing weaker than %s can be chosen where that is asked for, for no agent',
  async (isolation) => {
    const { of } = await choose({ isolation, container: { image: 'agents:1', command: engine('exit 0') } });
    for (const type of ['claude_code', 'acpx', 'opencode_server', 'demo']) {
      const { least, at } = of(type);
      expect(least).toBe(isolation);
      for (const [index, level] of isolationLevels.entries()) {
        const walls = at[level];
        const isWeaker = index < isolationLevels.indexOf(isolation);
        expect('refused' in walls && walls.problem === 'weaker').toBe(isWeaker);
      }
    }
  },
);

test('[B1] a container is offered where its engine runs the image, else it says what is the matter', async () => {
  const offer = (container: Record<string, unknown>) => problems({ isolation: 'process', container });
  expect((await offer({ image: 'agents:1', command: engine('exit 0') })).container).toBeUndefined();
  expect((await offer({ command: engine('exit 0') })).container).toBe('not_set_up');
  expect((await offer({ image: 'agents:1', command: '/nowhere/engine' })).container).toBe('not_set_up');
  const down = engine('echo "cannot connect to the daemon" >&2; exit 125');
  const { at } = (await choose({ isolation: 'process', container: { image: 'agents:1', command: down } })).of(
    'pi',
  );
  expect(at.container).toEqual({ problem: 'not_working', refused: 'cannot connect to the daemon' });
});

test('[B1] what an agent cannot do with is not offered for it', async () => {
  const container = { image: 'agents:1', command: engine('exit 0') };
  expect(await problems({ isolation: 'none', container }, 'acpx')).toMatchObject({
    ...{ none: undefined, process: undefined, sandbox: 'unfit', container: 'unfit' },
  });
});

test('[B4] nobody gets around the network of the sandbox by choosing a container', async () => {
  const container = { image: 'agents:1', command: engine('exit 0') };
  const asked = { isolation: 'sandbox', sandbox: { network: 'none' }, container };
  expect(await problems(asked)).toEqual({
    ...{ none: 'weaker', process: 'weaker', sandbox: undefined, container: 'weaker' },
  });
});
