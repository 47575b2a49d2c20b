import type { InputPart } from '@hotplex/aep-protocol';
import type { WorkerInput } from '../worker.ts';
import type { DemoPart } from './messages.ts';

/** A prompt as the demo agent takes it. */
export function toRequest({ inputId: id, content: text, parts = [] }: WorkerInput): {
  id: string;
  text: string;
  parts?: DemoPart[];
} {
  const others = parts.flatMap(toDemoPart);
  return { id, text, ...(others.length > 0 ? { parts: others } : {}) };
}

/** Files are told by their paths, as text. */
function toDemoPart(part: InputPart): DemoPart[] {
  if (part.type === 'text') return [part];
  return part.type === 'image' ? [{ type: 'picture', media_type: part.media_type, data: part.data }] : [];
}
