import * as z from 'zod';
import type { WorkerEvent } from '../worker.ts';
import type { Conversation, OpenCall } from './conversation.ts';
import { toDiff } from './tool-view.ts';

const withOutput = z.looseObject({
  output: z.string(),
  metadata: z.record(z.string(), z.unknown()).optional(),
});
const refusedByRule = z.looseObject({
  claudeCode: z.looseObject({ nonExecutionKind: z.literal('permission-rule') }),
});
/** Longer metadata repeats the output or the diff. */
const longestMetadata = 4_000;

/** How a call ended. */
export function toToolResult(conversation: Conversation, call: OpenCall): WorkerEvent {
  const structured = withOutput.safeParse(call.rawOutput);
  const output = structured.success ? structured.data.output : (call.rawOutput ?? toText(call));
  const metadata = structured.success ? structured.data.metadata : undefined;
  const failed = call.status === 'failed';
  const refused = conversation.refused.delete(call.toolCallId);
  const byRule = !conversation.turn?.interrupted && refusedByRule.safeParse(call._meta).success;
  const diff = toDiff(call);
  const error = toText(call) ?? (typeof output === 'string' ? output : JSON.stringify(output ?? 'failed'));
  return {
    type: 'tool_result',
    data: {
      id: call.toolCallId,
      output: output ?? null,
      ...(failed ? { error } : {}),
      ...(failed && (refused || byRule) ? { denied: true } : {}),
      ...(metadata && JSON.stringify(metadata).length <= longestMetadata ? { metadata } : {}),
      ...(diff && !failed ? { diff } : {}),
    },
  };
}

/** The result of a call that its turn left behind. What was refused stays so. */
export function toStoppedResult({ refused }: Conversation, { toolCallId: id }: OpenCall): WorkerEvent {
  const fate = refused.delete(id) ? { denied: true } : { stopped: true };
  return {
    type: 'tool_result',
    data: { id, output: null, error: 'The turn ended before the tool did.', ...fate },
  };
}

function toText({ content }: OpenCall): string | undefined {
  const texts = (content ?? []).flatMap((part) =>
    part.type === 'content' && part.content.text ? [part.content.text] : [],
  );
  return texts.length > 0 ? texts.join('\n') : undefined;
}
