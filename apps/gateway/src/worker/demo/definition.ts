import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Clock } from '../../ground/clock.ts';
import type { Ids } from '../../ground/ids.ts';
import type { SpawnProcess } from '../../process/child-process.ts';
import { childEnvironment } from '../../process/environment.ts';
import type { StartWorker, WorkerDefinition } from '../worker.ts';
import { translate } from './translate.ts';

type DemoOptions = {
  spawn: SpawnProcess;
  clock: Clock;
  ids: Ids;
  environment: Readonly<Record<string, string | undefined>>;
  /** Where the demo keeps what it was told to remember. */
  dataDir: string;
};

/** The program lies beside the bundle, or beside this file when the sources run. */
function agentFile(): string {
  const [bundled = '', source = ''] = ['./demo-agent.mjs', './demo-agent.ts'].map((name) =>
    fileURLToPath(new URL(name, import.meta.url)),
  );
  return existsSync(bundled) ? bundled : source;
}

/** The worker type `demo`: a scripted agent that is a real process, so that everything can be seen without a model. */
export function createDemo({ spawn, ids, environment, dataDir }: DemoOptions): WorkerDefinition {
  const file = agentFile();
  const start: StartWorker = ({ workDir, resume }, listener) => {
    const session = resume ?? ids.uuid();
    const folder = join(dataDir, 'demo');
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const child = spawn(
      {
        file: process.execPath,
        args: [file, join(folder, `${session}.json`), environment.DEMO_PACE ?? '1'],
        cwd: workDir,
        env: childEnvironment({ inherited: environment }),
      },
      {
        onLines: (lines) => listener.onEvents([...(announced ? [] : announce()), ...lines.map(translate)]),
        onExit: (exit) => listener.onExit(exit),
      },
    );
    let announced = false;
    const announce = () => {
      announced = true;
      return [{ type: 'worker.session', data: { id: session } }] as const;
    };
    const write = (line: Record<string, unknown>) => child.writeLine(JSON.stringify(line));
    return {
      get pid() {
        return child.pid;
      },
      prompt: ({ inputId, content }) => write({ type: 'prompt', input_id: inputId, content }),
      steer: ({ inputId, content }) => write({ type: 'steer', input_id: inputId, content }),
      respond: (response) => write({ type: 'respond', ...response }),
      interrupt: () => write({ type: 'interrupt' }),
      stop: () => child.stop(),
    };
  };
  return {
    type: 'demo',
    title: 'Demo (no model)',
    tested: null,
    accepts: new Set(['work_dir', 'metadata']),
    commands: [],
    capabilities: {
      process: 'hot',
      supports_reasoning: true,
      supports_permission: true,
      supports_question: true,
      supports_elicitation: true,
      supports_resume: true,
      supports_delta: true,
      supports_tool_call: true,
      modalities: ['text'],
      steer: true,
      interrupt: true,
    },
    locate: async () => ({ available: true, version: null, path: file }),
    start,
  };
}
