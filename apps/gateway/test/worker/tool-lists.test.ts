import type { SessionConfig } from '@hotplex/aep-protocol';
import { describe, expect, test } from 'vitest';
import { systemClock as clock } from '../../src/ground/clock.ts';
import { createIds } from '../../src/ground/ids.ts';
import { createSpawnProcess } from '../../src/process/spawn-process.ts';
import { createAcp } from '../../src/worker/acp/definition.ts';
import { createAcpx } from '../../src/worker/acpx/definition.ts';
import { toPermissionFlags } from '../../src/worker/acpx/permission.ts';
import { createConversation as createClaude } from '../../src/worker/claude-code/conversation.ts';
import { translateHook } from '../../src/worker/claude-code/hook.ts';
import { toArguments as toClaudeArguments } from '../../src/worker/claude-code/launch.ts';
import { createDemo } from '../../src/worker/demo/definition.ts';
import { toPattern } from '../../src/worker/opencode/tool-rule.ts';
import { toPermission } from '../../src/worker/opencode-cli/permission.ts';
import { policyOf } from '../../src/worker/opencode-server/permission-policy.ts';
import { createPolicy, decide } from '../../src/worker/pi/permission.ts';

const tools = ['bash', 'edit', 'read', 'webfetch', 'task', 'todowrite', 'github_create_issue'];
const modes = ['default', 'acceptEdits', 'plan', 'dontAsk', 'bypassPermissions'] as const;

type Lists = { mode: (typeof modes)[number]; allowed?: readonly string[]; disallowed?: readonly string[] };
/** Whether each adapter lets a tool run without asking, where it takes both lists: by rules of its own or of its agent. */
const decisions: Record<string, (tool: string, lists: Lists) => string> = {
  opencode_server(tool, { mode, allowed, disallowed }) {
    const policy = policyOf({ ...toConfig({ allowed, disallowed }), permission_mode: mode });
    const request = { id: 'p', sessionID: 's', permission: tool, patterns: ['x'], metadata: {}, always: [] };
    const verdict = policy.decide({ ...request, tool: undefined }, tool);
    return typeof verdict === 'string' ? verdict : 'deny';
  },
  /** OpenCode takes the last rule whose name fits. */
  opencode_cli(tool, { mode, allowed = [], disallowed = [] }) {
    const rules = toPermission({ mode, allowedTools: allowed, disallowedTools: disallowed });
    const [, rule = 'allow'] = Object.entries(rules).findLast(([name]) => toPattern(name).test(tool)) ?? [];
    return typeof rule === 'string' ? rule : 'by what it is called with';
  },
  pi(tool, { mode, allowed, disallowed }) {
    const policy = { ...createPolicy(toConfig({ allowed, disallowed })), mode };
    return decide(policy, { kind: 'permission', toolCallId: 'c', tool, input: {}, inside: false });
  },
};

function toConfig({ allowed = [], disallowed = [] }: Omit<Lists, 'mode'>): SessionConfig {
  return { allowed_tools: [...allowed], disallowed_tools: [...disallowed] };
}

describe.each(Object.entries(decisions))('the lists of tools in %s', (adapter, decide) => {
  test.each(tools)('[D5] %s does not run if it may not be used, whatever else is said', (tool) => {
    for (const mode of modes) {
      for (const allowed of [[], [tool], ['*'], [`${tool.slice(0, 2)}*`], tools]) {
        expect([mode, allowed, decide(tool, { mode, allowed, disallowed: [tool] })]).toEqual([
          ...[mode, allowed, 'deny'],
        ]);
      }
    }
  });

  test('[D5] names of several tools may hold a wildcard', () => {
    for (const mode of modes)
      expect(decide('github_create_issue', { mode, disallowed: ['github_*'] })).toBe('deny');
    if (adapter !== 'opencode_cli')
      expect(decide('github_create_issue', { mode: 'default', disallowed: ['gitlab_*'] })).toBe('ask');
  });

  test.each(tools)('[D5] %s runs without asking if it may, and not for that reason another one', (tool) => {
    expect(decide(tool, { mode: 'default', allowed: [tool] })).toBe('allow');
    const other = tool === 'webfetch' ? 'bash' : 'webfetch';
    expect(decide(other, { mode: 'default', allowed: [tool] })).not.toBe('allow');
  });
});

test('[D5] one of the tools that share a permission of OpenCode forbids it, also by a wildcard', () => {
  for (const name of ['write', 'apply_patch', 'wri*', '*'])
    for (const adapter of ['opencode_server', 'opencode_cli'])
      expect(decisions[adapter]?.('edit', { mode: 'acceptEdits', disallowed: [name] })).toBe('deny');
});

test('[D5] a rule about what a tool is called with forbids the tool in OpenCode, and not nothing', () => {
  for (const adapter of ['opencode_server', 'opencode_cli'])
    expect(
      decisions[adapter]?.('bash', { mode: 'default', allowed: ['bash'], disallowed: ['bash(rm *)'] }),
    ).toBe('deny');
});

test('[D5] Claude Code is told both lists, and asks the policy before each tool all the same', () => {
  const args = toClaudeArguments({
    config: toConfig({ allowed: ['Bash'], disallowed: ['Write'] }),
    conversation: { create: '3e0b2a3c-0d3f-4d0e-8f3e-000000000000' },
    trusted: false,
  });
  expect(args).toContain('--allowedTools=Bash');
  expect(args.find((arg) => arg.startsWith('--disallowedTools='))?.split(/[=,]/)).toContain('Write');
  const input = { hook_event_name: 'PreToolUse', tool_name: 'Bash', tool_input: { command: 'ls' } };
  const request = { subtype: 'hook_callback', callback_id: 'pre_tool_use', input };
  const conversation = createClaude({ workDir: '/work', resume: undefined });
  expect(translateHook(conversation, { type: 'control_request', request_id: 'r', request })).toMatchObject([
    { type: 'tool.check', calls: [{ kind: 'command', command: 'ls' }] },
  ]);
});

test('[D5] acpx takes kinds of tools to allow, and says no to each other kind by name', () => {
  const [, , policy = ''] = toPermissionFlags({ mode: 'default', allowedTools: ['read'] });
  const { autoApprove, autoDeny, defaultAction } = JSON.parse(policy.replace('--policy=', ''));
  expect(autoApprove).toEqual(['read']);
  expect(autoDeny).toEqual(expect.arrayContaining(['edit', 'delete', 'move', 'execute', 'fetch', 'other']));
  expect(defaultAction).toBe('deny');
});

test('[H3] an adapter that cannot hold an agent to a list does not take it', () => {
  const given = { clock, ids: createIds(), spawn: createSpawnProcess({ clock }), environment: {} };
  const taken = (accepts: ReadonlySet<keyof SessionConfig>) =>
    (['allowed_tools', 'disallowed_tools'] as const).filter((list) => accepts.has(list));
  expect(taken(createAcp(given).accepts)).toEqual([]);
  expect(taken(createAcpx({ ...given, stateDir: '/nowhere' }).accepts)).toEqual(['allowed_tools']);
  expect(taken(createDemo({ ...given, dataDir: '/nowhere' }).accepts)).toEqual([]);
});

test.each([
  ['*', '', true],
  ['git *', 'git', true],
  ['git *', 'git push', true],
  ['git *', 'gitk', false],
  ['bash?', 'bash', false],
  ['a*b?d', 'aXXbcd', true],
  ['a*b', 'a\nb', true],
  ['a.c', 'abc', false],
  ['*a*a*a*a*a*a*a*a*b', 'a'.repeat(5_000), false],
])('[G9] OpenCode’s pattern %s on %.20s is %s, whoever wrote both', (wildcard, text, is) => {
  const began = performance.now();
  expect(toPattern(wildcard).test(text)).toBe(is);
  expect(performance.now() - began).toBeLessThan(500);
});
