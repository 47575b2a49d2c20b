import type { ServerEvent } from '@hotplex/aep-protocol';
import { expect, test } from 'vitest';
import { read } from '../read-message.ts';
import { called, returned, said, succeeded, turnOf } from '../turn-script.ts';

/** The same events, told by the sub-agent of a tool call. */
function inside(parent_id: string, events: readonly ServerEvent[]): ServerEvent[] {
  return events.map((event) => ({ ...event, data: { ...event.data, parent_id } }) as ServerEvent);
}
const think = (id: string, content: string): ServerEvent => ({ type: 'reasoning', data: { id, content } });

test('[E1] what a sub-agent says, thinks and does carries the id of the call that started it', async () => {
  const message = await read(
    turnOf([
      called('agent_1', 'Agent'),
      ...inside('agent_1', [think('r1', 'hm'), ...said('m1', 'inner'), called('t1'), returned('t1')]),
      returned('agent_1', 'found'),
      ...said('m2', 'outer'),
      succeeded,
    ]),
  );
  const parent = { hotplex: { parentId: 'agent_1' } };
  expect(message.parts).toMatchObject([
    { type: 'step-start' },
    { toolCallId: 'agent_1', output: 'found' },
    { type: 'reasoning', text: 'hm', providerMetadata: parent },
    { type: 'text', text: 'inner', providerMetadata: parent },
    { toolCallId: 't1', output: 'ok', toolMetadata: parent },
    { type: 'step-start' },
    { type: 'text', text: 'outer', providerMetadata: { hotplex: { id: 'm2' } } },
  ]);
  expect(message.parts.at(-1)).not.toHaveProperty('providerMetadata.hotplex.parentId');
});

test('[E1] the tools of a sub-agent end no step while the call that started it runs', async () => {
  const message = await read(
    turnOf([
      called('agent_1', 'Agent'),
      ...inside('agent_1', [called('t1'), returned('t1'), ...said('m1', 'then')]),
      returned('agent_1'),
      succeeded,
    ]),
  );
  expect(message.parts.filter(({ type }) => type === 'step-start')).toHaveLength(1);
});

test('[E2] two sub-agents that speak at once keep their words apart', async () => {
  const [first, second] = [said('m1', 'a', 'b'), said('m2', 'c', 'd')].map((events, index) =>
    inside(`agent_${index}`, events),
  );
  const interleaved = first?.flatMap((event, index) => [event, ...(second?.slice(index, index + 1) ?? [])]);
  const message = await read(turnOf([...(interleaved ?? []), succeeded]));
  expect(message.parts.slice(1)).toMatchObject([
    { text: 'ab', state: 'done', providerMetadata: { hotplex: { parentId: 'agent_0' } } },
    { text: 'cd', state: 'done', providerMetadata: { hotplex: { parentId: 'agent_1' } } },
  ]);
});
