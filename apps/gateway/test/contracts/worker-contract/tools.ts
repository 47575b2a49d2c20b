import { describe, expect, test } from 'vitest';
import type { WorkerEvent } from '../../../src/worker/worker.ts';
import { type EventOf, ofType } from '../of-type.ts';
import type { RecordedWorker } from '../recorded-worker.ts';
import type { WorkerContract } from './contract.ts';
import { expectShape } from './expect-shape.ts';
import type { SharedAgent } from './shared-agent.ts';
import type { ToldTurns } from './told-turns.ts';

type ToolEvent = EventOf<'tool_call' | 'tool_update' | 'tool_result'>;

/** Tool calls: their results, and what is shown of them. */
export function toolContract(
  { name, prompts: { edit } }: WorkerContract,
  { shared, told }: { shared: SharedAgent; told: () => Promise<ToldTurns> },
): void {
  describe(`${name}: tools`, () => {
    test('[E2] a tool result names a call that was made, and every call gets one', async () => {
      const turn = (await told()).tool.events;
      const calls = ofType(turn, 'tool_call').map(({ data }) => data.id);
      expect(calls.length).toBeGreaterThan(0);
      expect(new Set(calls).size).toBe(calls.length);
      const results = ofType(turn, 'tool_result').map(({ data }) => data.id);
      expect(results.toSorted()).toEqual(calls.toSorted());
      for (const [index, event] of turn.entries()) {
        if (event.type !== 'tool_result' && event.type !== 'tool_update') continue;
        const made = ofType(turn.slice(0, index), 'tool_call').map(({ data }) => data.id);
        expect(made).toContain(event.data.id);
      }
    });

    test('[E1] every call has a title and a kind', async () => {
      for (const { data } of ofType((await told()).tool.events, 'tool_call')) {
        expect(data.title, data.name).toMatch(/\S/);
        expect(data.kind, data.name).toBeDefined();
      }
    });

    test('[E1] an edit is shown as one, with its place and its difference', () =>
      shared.play(async (agent) => {
        const turn = await turnAllowed(agent, edit.prompt);
        for (const event of turn) expectShape(event);
        const call = ofType(turn, 'tool_call').find(({ data }) => data.kind === 'edit');
        expect(call?.data.title).toMatch(/\S/);
        const told = turn.filter(isToolEvent).filter(({ data }) => data.id === call?.data.id);
        const places = told.flatMap(({ data }) => ('locations' in data ? (data.locations ?? []) : []));
        expect(places.filter(({ path }) => path.endsWith(edit.file))).not.toEqual([]);
        const change = told.flatMap(({ data }) => data.diff ?? []).at(-1);
        expect(change?.path.endsWith(edit.file), change?.path).toBe(true);
        expect(change?.new_text).toContain(edit.adds);
        expect(change?.old_text ?? '').not.toContain(edit.adds);
        expect(ofType(turn, 'done')[0]?.data.success).toBe(true);
      }));
  });
}

/** Allows once whatever the agent asks for, until the turn is over. */
async function turnAllowed(agent: RecordedWorker, prompt: string): Promise<WorkerEvent[]> {
  const { from } = agent.prompt(prompt);
  const answered = new Set<string>();
  for (;;) {
    const next = await agent.until('an end or a request', () =>
      agent.events
        .slice(from)
        .find(
          ({ type, data }) => type === 'done' || (type === 'permission_request' && !answered.has(data.id)),
        ),
    );
    if (next.type !== 'permission_request') return agent.turnFrom(from);
    const { id, options } = next.data;
    answered.add(id);
    const optionId = options?.find(({ kind }) => kind === 'allow_once')?.id;
    agent.respond({ kind: 'permission', id, allowed: true, ...(optionId === undefined ? {} : { optionId }) });
  }
}

function isToolEvent(event: WorkerEvent): event is ToolEvent {
  return event.type === 'tool_call' || event.type === 'tool_update' || event.type === 'tool_result';
}
