import { isToolUIPart } from 'ai';
import type { AepUIMessage } from '../src/ui-message.ts';

type Part = AepUIMessage['parts'][number];

export function textOf(message: AepUIMessage | undefined): string {
  return message?.parts.flatMap((part) => (part.type === 'text' ? [part.text] : [])).join('') ?? '';
}

/** The last tool part, as the tests of one tool need it. */
export function toolOf(message: AepUIMessage | undefined) {
  return message?.parts.findLast((part) => isToolUIPart(part));
}

/** The approval that the message asks for and nobody has answered. */
export function openApproval(message: AepUIMessage | undefined): string | undefined {
  const tool = toolOf(message);
  return tool?.state === 'approval-requested' ? tool.approval.id : undefined;
}

export function partOf<T extends Part['type']>(
  message: AepUIMessage | undefined,
  type: T,
): Extract<Part, { type: T }> | undefined {
  return message?.parts.find((part): part is Extract<Part, { type: T }> => part.type === type);
}
