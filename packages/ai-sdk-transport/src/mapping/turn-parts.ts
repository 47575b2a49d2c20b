import { DataParts } from './data-parts.ts';
import { Requests } from './requests.ts';
import { SteeringPrompts } from './steering-prompts.ts';
import { StepWriter } from './step-writer.ts';
import { TextBlocks } from './text-blocks.ts';
import { ToolApprovals } from './tool-approvals.ts';
import { ToolCallList } from './tool-call-list.ts';
import { ToolCalls } from './tool-calls.ts';
import { TurnEnding } from './turn-ending.ts';

/** What maps a turn: one collector for each family of events, all of them writing to one step writer. */
export type TurnParts = ReturnType<typeof createTurnParts>;

export function createTurnParts({ turnId, approvals }: { turnId: string; approvals: 'inline' | 'turn' }) {
  const writer = new StepWriter();
  const calls = new ToolCallList(writer);
  const asked = new ToolApprovals(calls, writer, { alone: approvals === 'turn' });
  const blocks = new TextBlocks(writer);
  const tools = new ToolCalls(calls, asked);
  const requests = new Requests(writer, asked);
  const data = new DataParts(writer);
  const steering = new SteeringPrompts(turnId, writer);
  const ending = new TurnEnding({ writer, blocks, tools, requests });
  return { writer, blocks, tools, requests, data, steering, ending };
}
