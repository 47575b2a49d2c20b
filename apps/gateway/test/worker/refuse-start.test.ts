import { execPath } from 'node:process';
import { expect, test } from 'vitest';
import { createIds } from '../../src/ground/ids.ts';
import type { Exit, ProcessOptions } from '../../src/process/child-process.ts';
import { createConversation } from '../../src/worker/claude-code/conversation.ts';
import { createClaudeCode } from '../../src/worker/claude-code/definition.ts';
import { toMemory as toClaudeMemory } from '../../src/worker/claude-code/memory.ts';
import { createDemo } from '../../src/worker/demo/definition.ts';
import { createConversation as createPiConversation } from '../../src/worker/pi/conversation.ts';
import { createPi } from '../../src/worker/pi/definition.ts';
import { toMemory as toPiMemory } from '../../src/worker/pi/memory.ts';
import { createPolicy } from '../../src/worker/pi/permission.ts';
import type { WorkerDefinition, WorkerEvent } from '../../src/worker/worker.ts';
import { createManualClock } from '../support/manual-clock.ts';

const handle = { pid: 4711, startTime: '1', mark: 'mark', folder: '/nowhere' };
const clock = createManualClock();

/** A process of an earlier gateway, which ends when it is stopped. */
async function goOn(
  define: (spawn: Parameters<typeof createPi>[0]['spawn']) => WorkerDefinition,
  memory: unknown,
) {
  const spawned: ProcessOptions[] = [];
  const events: WorkerEvent[] = [];
  let stops = 0;
  const exit = Promise.withResolvers<Exit>();
  const definition = define((options, { onExit }) => {
    spawned.push(options);
    return {
      ...{ pid: 4711, handle, offset: 9, writeLine() {}, closeInput() {} },
      async stop() {
        stops += 1;
        const ended: Exit = { reason: 'stopped', code: null, signal: 'SIGTERM', stderr: '' };
        onExit(ended);
        return ended;
      },
    };
  });
  const worker = definition.start(
    {
      workDir: '/',
      config: {},
      adopt: { process: handle, offset: 9, memory: JSON.parse(JSON.stringify(memory)) },
    },
    { onEvents: (more) => events.push(...more), onExit: exit.resolve },
  );
  return { told: await exit.promise, again: await worker.stop(), spawned, events, stops };
}

const given = { clock, ids: createIds(), environment: {}, command: execPath };

test.each<[string, Parameters<typeof goOn>[0]]>([
  ['Claude Code', (spawn) => createClaudeCode({ spawn, ...given })],
  ['Pi', (spawn) => createPi({ spawn, ...given })],
  ['The demo agent', (spawn) => createDemo({ spawn, environment: {}, dataDir: '/', agentFile: execPath })],
])(
  '[G8] a process of %s with notes of another version is ended, and its exit says so',
  async (title, define) => {
    const { told, again, spawned, events, stops } = await goOn(define, { version: 99 });
    expect(spawned).toMatchObject([{ adopt: { handle, offset: 9 } }]);
    expect(stops).toBe(1);
    expect(events).toEqual([]);
    expect(told.message).toBe(
      `${title} was started by another version of the gateway, from whose notes this one cannot go on; it was ended, and the next prompt resumes its conversation`,
    );
    // Not a crash: it was not the agent's doing.
    expect(told).toMatchObject({ reason: 'start-failed', code: null, signal: null });
    expect(again).toEqual(told);
  },
);

test('a process that never asks is ended by a gateway that does not allow that any more', async () => {
  const conversation = { ...createConversation({ workDir: '/' }), permissionMode: 'bypassPermissions' };
  const claude = toClaudeMemory({ conversation, ready: {}, commands: [] });
  const policy = { ...createPolicy({}), mode: 'bypassPermissions' };
  const pi = toPiMemory(
    {
      conversation: createPiConversation({ workDir: '/', prefix: 'm', policy }),
      facts: { models: [], commands: [] },
      purposes: [],
    },
    clock,
  );
  const refused = [
    await goOn((spawn) => createClaudeCode({ spawn, ...given }), claude),
    await goOn((spawn) => createPi({ spawn, ...given }), pi),
  ];
  for (const { told, stops } of refused) {
    expect(told.message).toContain('permission_mode bypassPermissions is not allowed here');
    expect(stops).toBe(1);
  }
});
