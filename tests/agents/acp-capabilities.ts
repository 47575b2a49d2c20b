import type { WorkerCapabilities } from '../../apps/gateway/src/worker/worker.ts';

/** What `acp` announces, whichever agent is behind it. */
export const acpCapabilities: WorkerCapabilities = {
  process: 'hot',
  supports_resume: true,
  supports_delta: true,
  supports_tool_call: true,
  supports_reasoning: true,
  supports_permission: true,
  supports_question: false,
  supports_elicitation: false,
  modalities: ['text'],
  steer: false,
  interrupt: true,
  survives_restart: true,
  fork: false,
  rewind: false,
};
