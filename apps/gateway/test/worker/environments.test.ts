import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { configSchema } from '../../src/config-schema.ts';
import { systemClock as clock } from '../../src/ground/clock.ts';
import { createIds } from '../../src/ground/ids.ts';
import { silentLogger as logger } from '../../src/ground/logger.ts';
import { noMetrics } from '../../src/ground/metrics.ts';
import type { ProcessOptions } from '../../src/process/child-process.ts';
import { createSpawnProcess } from '../../src/process/spawn-process.ts';
import { SessionRegistry } from '../../src/session/session-registry.ts';
import { createMemoryStore } from '../../src/store/memory-store.ts';
import { knownAgents } from '../../src/worker/acp-agents/known-agents.ts';
import { createWorkers } from '../../src/workers.ts';
import cases from '../cases/env-cases.json' with { type: 'json' };
import { RecordedWorker } from '../contracts/recorded-worker.ts';
import { noBudget } from '../support/no-budget.ts';
import { noFiles } from '../support/no-files.ts';
import { noPolicy } from '../support/no-policy.ts';
import { noProcesses } from '../support/no-processes.ts';
import { noSnapshots } from '../support/no-snapshots.ts';

const folder = mkdtempSync(join(tmpdir(), 'environment-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Every worker type, and every agent behind `acp`. */
const agents = ['claude_code', 'opencode_server', 'opencode_cli', 'pi', 'demo'].concat(
  [...Object.keys(knownAgents), 'own'].map((agent) => `acp ${agent}`),
);

const canary = (name: string) => `CANARY-${name}`;
const canaries = (names: readonly string[]) =>
  Object.fromEntries(names.map((name) => [name, canary(name)] as const));

/** The workers as the gateway makes them; their programs are `true`, and what would have been started is kept. */
function open(names: readonly string[], allowed: readonly string[] = []) {
  const spawned: ProcessOptions[] = [];
  const spawn = createSpawnProcess({ clock });
  const command = '/bin/true';
  const config = configSchema.parse({
    worker: {
      ...Object.fromEntries(
        ['claude_code', 'opencode', 'pi'].map((name) => [name, { command, environment: allowed }]),
      ),
      acp: {
        agents: Object.fromEntries(
          [...Object.keys(knownAgents), 'own'].map((name) => [name, { command, environment: allowed }]),
        ),
      },
    },
  });
  const workers = createWorkers({
    ...{ config, clock, ids: createIds(), stateDir: folder, lasting: true },
    environment: { HOME: folder, PATH: '/usr/bin:/bin', ...canaries(names) },
    spawn: () => (options, listener) => {
      spawned.push(options);
      return spawn({ ...options, file: command, args: [] }, listener);
    },
  });
  return { workers, spawned };
}

/** Starts one worker on its first prompt; all that was started for it. */
async function startedFor(named: string, names: readonly string[], allowed?: readonly string[]) {
  const { workers, spawned } = open(names, allowed);
  const [type = '', agent] = named.split(' ');
  const { definition } = workers.find(type);
  {
    await using worker = new RecordedWorker(definition, { workDir: folder, config: { agent } });
    worker.prompt('hello');
    await Promise.race([worker.exit(), worker.next('done')]).catch(() => undefined);
  }
  await definition.close?.();
  expect(spawned).not.toEqual([]);
  return spawned;
}

const plain = (expected: string) =>
  cases.cases.filter((given) => given.expect === expected).map(({ name }) => name);
const absent = plain('absent').filter((name) => !name.includes(' '));

/** More of each class; nothing of it is for any agent. */
const more = [
  ...['HOTPLEX_ADMIN_TOKEN', 'HOTPLEX_SECURITY_API_KEY_1', 'HOTPLEX_CONFIG', 'HOTPLEX_DB_PATH'],
  ...['CLAUDECODE', 'CLAUDE_CODE_SESSION_ID', 'CLAUDE_CODE_REMOTE', 'OPENCODE', 'OPENCODE_PROCESS_ROLE'],
  ...[
    'CODEX_SANDBOX',
    'CODEX_SANDBOX_NETWORK_DISABLED',
    'CURSOR_AGENT',
    'CURSOR_TRACE_ID',
    'PI_CODING_AGENT',
  ],
  ...['GOOSE_TERMINAL', 'COPILOT_CLI', 'AI_AGENT', 'TRACESTATE', 'BAGGAGE'],
  ...['LD_PRELOAD', 'LD_LIBRARY_PATH', 'DYLD_INSERT_LIBRARIES', 'GLIBC_TUNABLES', 'GCONV_PATH'],
  ...['NODE_OPTIONS', 'NODE_PATH', 'NODE_TLS_REJECT_UNAUTHORIZED', 'BUN_OPTIONS', 'BASH_ENV', 'ENV', 'PS4'],
  ...['PYTHONPATH', 'PYTHONINSPECT', 'PYTHONWARNINGS', 'PYTHONUSERBASE', 'PYTHONBREAKPOINT', 'PERL5LIB'],
  ...['RUBYLIB', 'JAVA_TOOL_OPTIONS', 'CLASSPATH', 'DOTNET_STARTUP_HOOKS', 'CORECLR_PROFILER', 'LUA_INIT'],
  ...['GIT_SSH_COMMAND', 'GIT_INDEX_FILE', 'GIT_OBJECT_DIRECTORY', 'GIT_CONFIG_VALUE_0', 'GIT_TRACE'],
  ...[
    'GIT_ASKPASS',
    'GIT_COMMON_DIR',
    'GIT_ALLOW_PROTOCOL',
    'GIT_TEMPLATE_DIR',
    'EDITOR',
    'PAGER',
    'LESSOPEN',
  ],
  ...['OPENSSL_CONF', 'SSLKEYLOGFILE', 'GOFLAGS', 'RUSTC_WRAPPER', 'MAKEFLAGS', 'TAR_OPTIONS', 'RSYNC_RSH'],
  ...['AWS_ACCESS_KEY_ID', 'AWS_SECURITY_TOKEN', 'AZURE_CLIENT_SECRET', 'GOOGLE_APPLICATION_CREDENTIALS'],
  ...['NPM_TOKEN', 'PIP_INDEX_URL', 'STRIPE_SECRET_KEY', 'SLACK_BOT_TOKEN', 'REDIS_URL', 'KUBECONFIG'],
  ...['SSH_AUTH_SOCK', 'SSH_CONNECTION', 'DBUS_SESSION_BUS_ADDRESS', 'LISTEN_FDS', 'WAYLAND_DISPLAY'],
  ...['XAUTHORITY', 'KUBERNETES_PORT', 'npm_config_registry', 'npm_lifecycle_event', 'NPM_CONFIG_USERCONFIG'],
  ...['PWD', 'HOSTNAME', 'JOURNAL_STREAM', 'INVOCATION_ID', 'VSCODE_IPC_HOOK_CLI', 'TERM_PROGRAM', 'EVIL'],
];

test.each(agents)('[E1] [E2] %s is started without anything that is not its own', async (agent) => {
  const names = [...absent, ...more];
  const started = await startedFor(agent, names);
  const seen = JSON.stringify(started);
  expect(names.filter((name) => seen.includes(`${canary(name)}"`))).toEqual([]);
  expect(names.filter((name) => started.some(({ env }) => Object.hasOwn(env, name)))).toEqual([]);
});

/** What may be named by the operator and is still not given; a path or a credential of a tool may be. */
const neverClasses = new Set(['gateway-secret', 'nested-agent', 'code-injection']);
const never = [
  ...cases.cases
    .filter((given) => given.expect === 'absent' && neverClasses.has(given.class))
    .map(({ name }) => name),
  ...more.slice(0, more.indexOf('AWS_ACCESS_KEY_ID')),
];

test.each(['claude_code', 'opencode_server', 'opencode_cli', 'pi', 'acp own', 'acp codex'])(
  '[E2] %s never gets some of it, also if the operator names it, alone or by a prefix',
  async (agent) => {
    const prefixes = never.map((name) => `${name.slice(0, Math.max(2, name.indexOf('_') + 1))}*`);
    const started = await startedFor(agent, never, [...never, ...prefixes]);
    const seen = JSON.stringify(started);
    expect(never.filter((name) => seen.includes(`${canary(name)}"`))).toEqual([]);
  },
);

describe('the keys of models', () => {
  const foreign = [
    'OPENAI_API_KEY',
    'GEMINI_API_KEY',
    'MISTRAL_API_KEY',
    'OPENROUTER_API_KEY',
    'GROQ_API_KEY',
  ];
  test('[E2] of other vendors are not given to an agent of one vendor', async () => {
    for (const agent of ['claude_code', 'acp claude', 'acp own', 'demo']) {
      const seen = JSON.stringify(await startedFor(agent, foreign));
      expect(seen).not.toContain('CANARY');
    }
    expect(JSON.stringify(await startedFor('acp codex', foreign))).not.toContain('CANARY-GEMINI');
    expect(JSON.stringify(await startedFor('acp gemini', foreign))).not.toContain('CANARY-OPENAI');
  });

  const own: [string, string][] = [
    ['claude_code', 'ANTHROPIC_API_KEY'],
    ['claude_code', 'CLAUDE_CODE_OAUTH_TOKEN'],
    ['acp claude', 'CLAUDE_CODE_USE_BEDROCK'],
    ['acp codex', 'CODEX_API_KEY'],
    ['acp gemini', 'GEMINI_API_KEY'],
    ['acp opencode', 'OPENCODE_CONFIG'],
    ['opencode_cli', 'OPENAI_API_KEY'],
    ['opencode_server', 'OPENCODE_API_KEY'],
    ['pi', 'OPENAI_API_KEY'],
  ];
  test.each(own)('[E1] %s is given its own %s', async (agent, name) => {
    for (const { env } of await startedFor(agent, [name])) expect(env[name]).toBe(canary(name));
  });
});

test.each(['claude_code', 'opencode_server', 'opencode_cli', 'pi', 'acp own'])(
  '[E1] %s is given what the operator lists for it, by name or prefix',
  async (agent) => {
    const names = ['MY_TOOL_HOME', 'AWS_SECRET_ACCESS_KEY', 'AWS_REGION', 'CURSOR_API_KEY', 'CODEX_HOME'];
    const started = await startedFor(agent, names, ['MY_TOOL_HOME', 'AWS_*', 'CURSOR_API_KEY', 'CODEX_HOME']);
    for (const { env } of started) expect(env).toMatchObject(canaries(names));
  },
);

test.each(['claude_code', 'opencode_server', 'opencode_cli', 'pi', 'acp claude'])(
  '[E1] %s is given what every program needs',
  async (agent) => {
    const names = plain('may-pass').filter((name) => /^[A-Z_]+$/.test(name));
    expect(names).toEqual(['LC_ALL', 'TERM', 'TZ']);
    for (const { env } of await startedFor(agent, names)) expect(env).toMatchObject(canaries(names));
  },
);

describe('variables of clients', () => {
  const { workers } = open([]);
  const registry = new SessionRegistry({
    ...{ store: createMemoryStore(), clock, ids: createIds(), logger, defaultWorkDir: folder },
    ...{ findWorker: (type) => workers.find(type), workDirRules: { privateDirs: [], allowedDirs: [] } },
    checkConfig() {},
    files: noFiles,
    snapshots: noSnapshots,
    ...noPolicy,
    ...{
      metrics: noMetrics,
      supervise: (start) => start,
      processes: noProcesses,
      pool: { max: 1, maxPerUser: 1 },
    },
    limits: {
      ...{ permissionTimeoutMs: 1, interruptTimeoutMs: 1, maxQueue: 1, maxInputBytes: 1 },
      watch: { firstEventMs: 0, inactivityMs: 0, turnMs: 0, idleMs: 0, lifetimeMs: 0 },
      budget: noBudget,
    },
  });
  const identity = { subject: 'me', botId: null } as Parameters<typeof registry.open>[0]['identity'];
  const supplied = cases.cases
    .filter((given) => given.class === 'client-supplied')
    .map(({ name }) => name.slice(name.indexOf('{')));
  const pairs = workers.definitions.flatMap(({ type }) => [...supplied, '{}'].map((env) => [type, env]));
  test.each(pairs)('[E2] are refused by %s: %s', (workerType, env) => {
    const config = { env: JSON.parse(env) };
    expect(() => registry.open({ identity, workerType, key: '', config })).toThrow(
      /config\.env is not possible/,
    );
  });
});
