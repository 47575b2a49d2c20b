import type { AepUIMessage } from '@hotplex/ai-sdk-transport';
import { isToolUIPart } from 'ai';
import { toToolView } from './tool-view.ts';

type Part = AepUIMessage['parts'][number];

/** A part with those that a sub-agent made inside it. */
export type PartNode = { key: string; part: Part; children: PartNode[] };

/** The parts of a message as a tree: what a sub-agent did hangs under the tool call that started it. */
export function toPartTree(parts: readonly Part[]): PartNode[] {
  const roots: PartNode[] = [];
  const tools = new Map<string, PartNode>();
  parts.forEach((part, index) => {
    const node: PartNode = { key: keyOf(part, index), part, children: [] };
    const parent = tools.get(parentOf(part) ?? '');
    (parent?.children ?? roots).push(node);
    if (isToolUIPart(part)) tools.set(part.toolCallId, node);
  });
  return roots;
}

function keyOf(part: Part, index: number): string {
  if (isToolUIPart(part)) return part.toolCallId;
  return 'id' in part && typeof part.id === 'string' ? `${part.type}:${part.id}` : `${part.type}:${index}`;
}

function parentOf(part: Part): string | undefined {
  if (isToolUIPart(part)) return toToolView(part)?.parentId;
  if ('data' in part) return stringField(part.data, 'parent_id');
  return 'providerMetadata' in part ? stringField(part.providerMetadata?.hotplex, 'parentId') : undefined;
}

function stringField(value: unknown, name: string): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const field = Object.entries(value).find(([key]) => key === name)?.[1];
  return typeof field === 'string' ? field : undefined;
}
