import type { AepUIMessage } from '@hotplex/ai-sdk-transport';
import { isToolUIPart } from 'ai';
import { toToolView } from './tool-view.ts';

type Part = AepUIMessage['parts'][number];

/** A part as it was when the tree was made, with those that a sub-agent made inside it. */
export type PartNode = { key: string; part: Part; children: PartNode[] };

/** The parts of a message as a tree: what a sub-agent did hangs under the tool call that started it. */
export function toPartTree(parts: readonly Part[]): PartNode[] {
  const roots: PartNode[] = [];
  const tools = new Map<string, PartNode>();
  parts.forEach((part, index) => {
    // NOTE: of a message that has just begun the chat hands out the very parts that it goes on to write into.
    const node: PartNode = { key: keyOf(part, index), part: { ...part }, children: [] };
    const parent = tools.get(parentOf(part) ?? '');
    (parent?.children ?? roots).push(node);
    if (isToolUIPart(part)) tools.set(part.toolCallId, node);
  });
  return roots;
}

/** Whether two nodes say the same. The chat copies every part of a message for each word that is added to one of them. */
export function isSameNode(before: PartNode, now: PartNode): boolean {
  return (
    before.key === now.key &&
    isSamePart(before.part, now.part) &&
    before.children.length === now.children.length &&
    before.children.every((child, index) => {
      const other = now.children[index];
      return other !== undefined && isSameNode(child, other);
    })
  );
}

function isSamePart(before: Part, now: Part): boolean {
  const fields = Object.entries(before);
  const others: Record<string, unknown> = { ...now };
  return (
    fields.length === Object.keys(others).length &&
    fields.every(([name, value]) => Object.is(value, others[name]))
  );
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
