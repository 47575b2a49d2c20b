import type { WorkerCapabilities } from '../../../src/worker/worker.ts';

/** What an endless turn says first. */
export function firstSign(capabilities: WorkerCapabilities): 'message.delta' | 'tool_call' {
  return capabilities.supports_delta ? 'message.delta' : 'tool_call';
}
