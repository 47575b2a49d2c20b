import type { AgentList as Agents } from '@hotplex/client-sdk';
import { expect, test } from 'vitest';
import { createAgentList } from '../../lib/agent-list.ts';
import { agentTraits, inOrder } from '../../lib/agent-traits.ts';
import { toCreationProblem } from '../../lib/creation-problem.ts';
import { en } from '../../lib/texts/en.ts';
import { zh } from '../../lib/texts/zh.ts';

const words = en.newSession.traits;

test('an agent that can do everything needs no words', () => {
  const capabilities = { process: 'hot', supports_delta: true, supports_permission: true } as const;
  expect(agentTraits({ capabilities, version: '2.0.0', tested: '2.0.0' }, words)).toEqual([]);
  expect(agentTraits({ version: null }, words)).toEqual([]);
});

test('what an agent cannot do is said in words, and a version that was not tried', () => {
  const capabilities = {
    process: 'per_turn',
    supports_delta: false,
    supports_permission: false,
    supports_resume: false,
    interrupt: false,
  } as const;
  expect(agentTraits({ capabilities, version: '2.1.0', tested: '2.0.0' }, words)).toEqual([
    ...[words.perTurn, words.noStreaming, words.noPermission, words.noMemory, words.noStop],
    words.untested('2.0.0'),
  ]);
});

test('real agents come first, then the demo, then what is not installed, each in the order of the gateway', () => {
  const list = [
    { type: 'demo', available: true },
    { type: 'pi', available: false },
    { type: 'opencode', available: true },
    { type: 'claude_code', available: true },
  ];
  expect(inOrder(list).map(({ type }) => type)).toEqual(['opencode', 'claude_code', 'demo', 'pi']);
});

test('an agent is called what its product is called, and the demo in the language of the page', () => {
  expect(zh.newSession.agentTitle('pi', 'Pi')).toBe('Pi');
  expect(zh.newSession.agentTitle('demo', 'Demo (no model)')).toBe('无模型演示');
  expect(en.newSession.agentTitle('demo', 'Demo (no model)')).toBe('Demo (no model)');
});

test('the agents known last stay while the gateway does not answer, and two askers ask once', async () => {
  const answers: (Agents | Error)[] = [
    { agents: [], default_work_dir: '/first' },
    new Error('gone'),
    { agents: [], default_work_dir: '/second' },
  ];
  const list = createAgentList({
    agents: async () => {
      const answer = answers.shift();
      if (!answer || answer instanceof Error) throw answer;
      return answer;
    },
  });
  expect(list.state.get()).toEqual({ status: 'loading', list: undefined });
  await Promise.all([list.refresh(), list.refresh()]);
  expect(list.state.get().list?.default_work_dir).toBe('/first');
  await list.refresh();
  expect(list.state.get()).toMatchObject({ status: 'failed', list: { default_work_dir: '/first' } });
  await list.refresh();
  expect(list.state.get()).toMatchObject({ status: 'ready', list: { default_work_dir: '/second' } });
});

test('a refused session says at which field, in the words of the form', () => {
  const refused = new Error('config.work_dir must be an absolute path, not "x"');
  expect(toCreationProblem(refused, en)).toEqual({
    field: 'work_dir',
    message: 'Work directory must be an absolute path, not "x"',
  });
  const coded = Object.assign(refused, { details: { field: 'work_dir', problem: 'not_absolute' } });
  expect(toCreationProblem(coded, zh).message).toBe('工作目录不可用：必须是绝对路径');
  expect(toCreationProblem(coded, en).message).toBe('Work directory must be an absolute path');
  const message = 'config.isolation sandbox is not possible with Pi: no bubblewrap';
  const walled = Object.assign(new Error(message), {
    details: { field: 'isolation', problem: 'not_set_up' },
  });
  expect(toCreationProblem(walled, zh).message).toBe('隔离不可用：所选的级别此网关未设置');
  expect(toCreationProblem(walled, en).message).toBe(
    'Isolation sandbox is not possible with Pi: no bubblewrap',
  );
  const unnamed = { code: 'CONFIG_INVALID', message: 'there is no model x', details: { field: 'model' } };
  expect(toCreationProblem(unnamed, zh)).toEqual({
    field: 'model',
    message: '模型不可用：智能体或网关不接受（网关原话：there is no model x）',
  });
  const full = { code: 'GATEWAY_OVERLOAD', message: 'the disk is full' };
  expect(toCreationProblem(full, zh)).toEqual({
    field: undefined,
    message: '网关目前没有余力处理。（网关原话：the disk is full）',
  });
  expect(toCreationProblem(new TypeError('Failed to fetch'), en)).toEqual({
    field: undefined,
    message: en.errors.network,
  });
});
