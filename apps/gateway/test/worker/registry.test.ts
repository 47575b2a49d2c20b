import { describe, expect, test } from 'vitest';
import { GatewayError } from '../../src/ground/gateway-error.ts';
import { StartError } from '../../src/ground/start-error.ts';
import { createWorkerRegistry } from '../../src/worker/registry.ts';
import type { WorkerDefinition } from '../../src/worker/worker.ts';

function definitionOf(type: string): WorkerDefinition {
  return {
    type,
    title: type,
    tested: null,
    accepts: new Set(),
    commands: [],
    capabilities: {
      process: 'per_turn',
      supports_reasoning: false,
      supports_permission: false,
      supports_question: false,
      supports_elicitation: false,
      steer: false,
      supports_resume: false,
      supports_delta: false,
      supports_tool_call: false,
      modalities: [],
      interrupt: false,
      survives_restart: false,
      fork: false,
      rewind: false,
    },
    locate: async () => ({ available: true, version: null, path: '/bin/true' }),
    start: () => {
      throw new Error('nothing is started here');
    },
  };
}

const types = ['claude_code', 'opencode_cli', 'acpx', 'pi', 'demo'];
const definitions = types.map(definitionOf);

describe('find', () => {
  const registry = createWorkerRegistry(definitions);

  test.each([
    ['demo', 'demo'],
    ['claude_code', 'claude_code'],
    ['claude-code', 'claude_code'],
    ['claude', 'claude_code'],
    ['opencode', 'opencode_cli'],
    ['pi-mono', 'pi'],
    ['acpx', 'acpx'],
  ])('%s is %s', (name, type) => {
    expect(registry.find(name)).toEqual({ definition: definitions[types.indexOf(type)] });
  });

  test('acpx_<agent> is acpx with that agent', () => {
    expect(registry.find('acpx_gemini')).toEqual({ definition: definitions[2], config: { agent: 'gemini' } });
  });

  test.each(['', 'Demo', 'gpt', 'acpx_', '__proto__', 'constructor', 'claude_code_x'])(
    '[H7] %j is refused',
    (name) => {
      expect(() => registry.find(name)).toThrow(GatewayError);
    },
  );
});

describe('[H7] a type without an adapter is refused, naming what there is', () => {
  const registry = createWorkerRegistry([definitionOf('claude_code'), definitionOf('demo')]);

  test.each(['opencode_server', 'opencode', 'acp', 'acpx_codex', 'pi', 'nonsense'])('%s', (name) => {
    expect(() => registry.find(name)).toThrow(
      expect.objectContaining({
        code: 'CONFIG_INVALID',
        message: `worker_type "${name}" is not known here: use one of claude_code, demo`,
        details: { field: 'worker_type', known: ['claude_code', 'demo'] },
      }),
    );
  });
});

test('lists the definitions in the order in which they were given', () => {
  expect(createWorkerRegistry(definitions).definitions.map(({ type }) => type)).toEqual(types);
});

test('refuses two adapters for one type', () => {
  const twice = () => createWorkerRegistry([definitionOf('demo'), definitionOf('demo')]);
  expect(twice).toThrow(StartError);
  expect(twice).toThrow('two adapters claim the worker type demo');
});
