import type { AepUIMessage } from '@hotplex/ai-sdk-transport';

type Part = AepUIMessage['parts'][number];

/** A tool part as the transport makes them. */
export function toolPart(fields: {
  id: string;
  name: string;
  input: unknown;
  output?: unknown;
  error?: string;
  denied?: boolean;
  preliminary?: boolean;
  title?: string;
  metadata?: Record<string, unknown>;
}): Part {
  const shared = {
    type: 'dynamic-tool',
    toolName: fields.name,
    title: fields.title,
    toolCallId: fields.id,
    input: fields.input,
    providerExecuted: true,
    toolMetadata: fields.metadata && { hotplex: fields.metadata },
  } as const;
  if (fields.error !== undefined)
    return { ...shared, state: 'output-error', errorText: fields.error } as Part;
  if (fields.denied)
    return { ...shared, state: 'output-denied', approval: { id: fields.id, approved: false } } as Part;
  if (fields.output === undefined) return { ...shared, state: 'input-available' } as Part;
  return {
    ...shared,
    state: 'output-available',
    output: fields.output,
    preliminary: fields.preliminary,
  } as Part;
}
