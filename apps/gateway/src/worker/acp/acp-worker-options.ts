import type { SessionConfig } from '@hotplex/aep-protocol';
import type { Clock } from '../../ground/clock.ts';
import type { AcpAgent } from '../acp-agents/known-agents.ts';
import type { WorkerListener, WorkerState } from '../worker.ts';
import type { AgentHostOptions } from './agent-host.ts';
import type { Remembered } from './memory.ts';

export type AcpWorkerOptions = Omit<AgentHostOptions, 'args' | 'graceMs' | 'life' | 'memory'> & {
  agent: AcpAgent;
  config: SessionConfig;
  mcpServers: readonly Record<string, unknown>[];
  resume: string | undefined;
  /** The process of an earlier gateway to go on with, and what was remembered of it. */
  adopt?: WorkerState & { memory: Remembered };
  listener: WorkerListener;
  clock: Clock;
};
