import * as z from 'zod';
import { checkId } from '../gate/check-id.ts';
import type { WorkerEvent } from '../worker.ts';
import { toToolCalls } from './judged-call.ts';
import { toToolView } from './tool-view.ts';

/** What our gate in OpenCode says on stdout before a tool runs, which then waits for a word. */
export const gateCheck = z.object({
  type: z.literal('hotplex.check'),
  id: checkId,
  tool: z.string(),
  sessionID: z.string(),
  callID: z.string(),
  input: z.record(z.string(), z.unknown()).catch({}),
});
export type GateCheck = z.infer<typeof gateCheck>;

/** The check in a line of output that holds much else; none if it is something else. Never throws. */
export function toGateChecks(line: string): GateCheck[] {
  if (!line.includes('hotplex.check')) return [];
  try {
    return [gateCheck.parse(JSON.parse(line))];
  } catch {
    return [];
  }
}

/** Asks the session for its word on a call that needs no person. */
export function toCheck({ id, tool, callID, input }: GateCheck, workDir: string): WorkerEvent {
  const { title: description } = toToolView(tool, input, workDir);
  const args = [JSON.stringify(input)];
  const data = { id, tool_name: tool, description, args, input_raw: input, tool_call_id: callID };
  return { type: 'tool.check', data, calls: toToolCalls({ name: tool, input }, workDir) };
}
