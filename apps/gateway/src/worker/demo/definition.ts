import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { execPath } from 'node:process';
import type { SpawnProcess } from '../../process/child-process.ts';
import type { Availability, WorkerDefinition } from '../worker.ts';
import { demoVersion } from './agent/version.ts';
import { findAgentFile } from './agent-file.ts';
import { toToolCalls } from './judged-call.ts';
import { demoCommands } from './messages.ts';
import { createStartDemo } from './start.ts';

export type DemoOptions = {
  spawn: SpawnProcess;
  /** The operator's environment; the agent sees of it `DEMO_PACE` (0 = at once, 1 = for people) and `DEMO_JOURNAL`. */
  environment: Readonly<Record<string, string | undefined>>;
  /** Absolute. The agent keeps its memory in a folder `demo` of it, made when needed. */
  dataDir: string;
  /** The agent's program. Default: the one that ships with the gateway. */
  agentFile?: string;
  /** Absolute path of the Node binary that runs it. Default: the one that runs us. */
  node?: string;
};

export const install = 'build the gateway again, or install its package again';

/** A scripted agent that ships with the gateway: every event of the protocol, without a model or a key. */
export function createDemo(options: DemoOptions): WorkerDefinition {
  const { spawn, environment, dataDir, agentFile = findAgentFile(), node = execPath } = options;
  const env: Record<string, string> = {};
  for (const name of ['DEMO_PACE', 'DEMO_JOURNAL']) {
    const value = environment[name];
    if (value !== undefined) env[name] = value;
  }
  return {
    type: 'demo',
    title: 'Demo (no model)',
    tested: null,
    accepts: new Set(['model', 'work_dir', 'metadata']),
    commands: demoCommands,
    toToolCalls,
    capabilities: {
      process: 'hot',
      supports_reasoning: true,
      supports_permission: true,
      supports_question: true,
      supports_elicitation: true,
      supports_resume: true,
      supports_delta: true,
      supports_tool_call: true,
      modalities: ['text', 'image'],
      steer: true,
      interrupt: true,
      survives_restart: true,
      fork: true,
      rewind: true,
    },
    locate: () => locate(agentFile),
    start: createStartDemo({ spawn, node, agentFile, stateDir: join(dataDir, 'demo'), env }),
  };
}

async function locate(agentFile: string): Promise<Availability> {
  try {
    await access(agentFile);
    return { available: true, version: demoVersion, path: agentFile };
  } catch {
    return { available: false, reason: `${agentFile} is missing`, install };
  }
}
