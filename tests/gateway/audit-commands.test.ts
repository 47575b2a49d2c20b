import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { commandTable } from '../../apps/gateway/src/command/command-table.ts';
import { runCli } from '../support/run-cli.ts';
import { type RunningGateway, startGateway } from '../support/start-gateway.ts';

let gateway: RunningGateway;
beforeAll(async () => {
  gateway = await startGateway();
});
afterAll(() => gateway[Symbol.asyncDispose]());

const cli = (args: readonly string[]) =>
  runCli(args, {
    home: gateway.workDir,
    env: { HOTPLEX_DB_PATH: join(gateway.dataDir, 'hotplex.db') },
  });

/** Commands that change nothing of the gateway's; whatever they print or copy. */
const reading = [
  ...['serve', 'agents', 'config check', 'config show', 'config diff', 'config schema', 'doctor', 'backup'],
  // What it writes to is not the gateway's yet.
  'db copy',
  ...['policy check', 'policy url', 'policy path', 'keys list', 'token inspect'],
  ...['audit verify', 'audit export', 'hooks list', 'hooks test', 'hooks dead'],
  // What a client does at the gateway, the gateway takes down.
  ...[
    'chat',
    'run',
    'sessions list',
    'sessions show',
    'sessions stop',
    'sessions delete',
    'sessions export',
    'sessions rename',
    'config history',
    'config reload',
    'config rollback',
  ],
  ...[
    'gateway start',
    'gateway stop',
    'gateway restart',
    'gateway status',
    'service install',
    'service uninstall',
    'service status',
  ],
  ...['version', 'completion bash', 'completion zsh', 'completion fish'],
];

/** The others, in an order in which each has something to change, and what each leaves in the audit log. */
const changing: Record<string, { args: readonly string[]; action: RegExp }> = {
  up: { args: ['up', '--no-open'], action: /^up: sign-in link$/ },
  'keys create': { args: ['keys', 'create', 'ci'], action: /^keys create [0-9a-f]{12}$/ },
  'keys revoke': { args: ['keys', 'revoke', 'ci'], action: /^keys revoke [0-9a-f]{12}$/ },
  'token create': {
    args: ['token', 'create', '--user', 'ann'],
    action: /^token create [0-9a-f-]{36} --user ann$/,
  },
  'token revoke': { args: ['token', 'revoke', '--user', 'ann'], action: /^token revoke --user ann$/ },
  'token rotate': { args: ['token', 'rotate'], action: /^token rotate \S+$/ },
  'hooks retry': { args: ['hooks', 'retry'], action: /^hooks retry/ },
};

/** Every command that the program tells of, with its sub-commands. */
const told = commandTable.flatMap(({ description: { name, actions } }) =>
  actions ? Object.keys(actions).map((action) => `${name} ${action}`) : [name],
);

test('[L1] every command that there is changes something or does not; a new one is put here on purpose', () => {
  expect(told.sort()).toEqual([...reading, ...Object.keys(changing)].sort());
});

test('[L1] a command that changes something is taken down once, as the operator’s', async () => {
  for (const [name, { args }] of Object.entries(changing))
    expect({ name, code: (await cli(args)).code }).toEqual({ name, code: 0 });
  const { out } = await cli(['audit', 'export', '--jsonl']);
  const records = out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as object);
  const wanted = Object.values(changing).map(({ action }) => ({
    actor: 'operator',
    action: expect.stringMatching(action),
  }));
  expect(records).toMatchObject(wanted);
});
