import type { Exit } from '../../process/child-process.ts';
import type { AcpAgent } from '../acp-agents/known-agents.ts';
import { toFailure } from '../acp-session/failure.ts';
import type { Phase } from '../worker-exit.ts';

type Start = {
  phase: Phase;
  agent: AcpAgent;
  /** How long it was waited for, in milliseconds. */
  readyMs: number;
};

/** The end of a worker that never got ready, in words with a remedy where one is known. */
export function toStartExit(error: unknown, { phase, agent, readyMs }: Start): Exit {
  const end = { code: null, signal: null, stderr: '' };
  if (phase === 'stopping') return { ...end, reason: 'stopped' };
  const said = error instanceof Error ? error.message : 'it gave no reason';
  const { message } = toFailure({ code: 0, message: said }, agent.signIn);
  const words = phase === 'too-slow' ? `it did not get ready in ${readyMs / 1_000} s` : message;
  return { ...end, reason: 'start-failed', message: `${agent.title} could not begin with acpx: ${words}` };
}
