import * as z from 'zod';
import type { WorkerEvent } from '../worker.ts';
import type { ToolResult } from './content.ts';
import type { OpenCall } from './conversation.ts';

type ToolResultData = Extract<WorkerEvent, { type: 'tool_result' }>['data'];

/** Longer texts are left out of the metadata: the output or the diff already says them. */
const longestText = 2_000;
const deepest = 4;

const textBlock = z.looseObject({ type: z.literal('text'), text: z.string() });
const overwritten = z.looseObject({
  filePath: z.string(),
  content: z.string(),
  originalFile: z.string(),
});

type Options = {
  call: OpenCall;
  block: ToolResult;
  /** The CLI's structured form of the same result. */
  structured: unknown;
  denied: boolean;
};

export function toToolResult({ call, block, structured, denied }: Options): ToolResultData {
  const output = toOutput(block.content);
  return {
    id: block.tool_use_id,
    output,
    error: block.is_error ? (typeof output === 'string' ? output : JSON.stringify(output)) : undefined,
    denied: denied || undefined,
    metadata: toMetadata(structured),
    diff: toDiff(call, structured),
    parent_id: call.parentId,
  };
}

/** Plain text where it is nothing but text; images and the like stay as they are. */
function toOutput(content: unknown): unknown {
  if (content === undefined) return null;
  const texts = z.array(textBlock).safeParse(content);
  return texts.success ? texts.data.map(({ text }) => text).join('\n') : content;
}

function toMetadata(structured: unknown): Record<string, unknown> | undefined {
  const fields = z.record(z.string(), z.unknown()).safeParse(structured);
  if (!fields.success || Array.isArray(structured)) return undefined;
  return Object.fromEntries(
    Object.entries(fields.data).flatMap(([name, value]) => {
      const kept = prune(value, 1);
      return kept === undefined ? [] : [[name, kept]];
    }),
  );
}

function prune(value: unknown, depth: number): unknown {
  if (typeof value === 'string') return value.length > longestText ? undefined : value;
  if (typeof value !== 'object' || value === null) return value;
  if (depth >= deepest) return undefined;
  if (Array.isArray(value)) return value.map((item) => prune(item, depth + 1) ?? null);
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, prune(item, depth + 1)]));
}

/** Only the result of an overwriting knows what was there before. */
function toDiff(call: OpenCall, structured: unknown): ToolResultData['diff'] {
  if (call.name !== 'Write') return undefined;
  const file = overwritten.safeParse(structured);
  if (!file.success) return undefined;
  const { filePath: path, originalFile: old_text, content: new_text } = file.data;
  return [{ path, old_text, new_text }];
}
