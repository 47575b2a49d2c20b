import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import * as z from 'zod';
import { fromPointWord } from '../../ground/conversation-point.ts';
import type { SpawnProcess } from '../../process/child-process.ts';
import { rememberedReady } from '../memory.ts';
import { foreignMemory, refuseStart } from '../refuse-start.ts';
import { withNeeds } from '../with-needs.ts';
import type { StartWorker, Worker } from '../worker.ts';
import { lasting, stateOf } from '../worker-state.ts';
import { demoModels, findModel } from './agent/models.ts';
import { type DemoCommand, type DemoRequest, demoCommands } from './messages.ts';
import { toAnswer } from './to-answer.ts';
import { toRequest } from './to-request.ts';
import { translate } from './translate.ts';

export type StartDemoOptions = {
  spawn: SpawnProcess;
  /** Absolute path of the Node binary that runs the agent. */
  node: string;
  agentFile: string;
  /** Where the agent keeps its memory, one small file per conversation. */
  stateDir: string;
  /** The whole environment of the agent. */
  env: Readonly<Record<string, string>>;
};

/**
 * Each line of the agent stands for itself: there is nothing to remember but what it said of itself, once it has. What it is
 * told while it starts waits in its input, so that another gateway can go on with it from its first moment.
 */
const memory = z.object({ ready: rememberedReady.nullable() });

/** Starts the demo agent as a child process and speaks its NDJSON. */
export function createStartDemo({ spawn, node, agentFile, stateDir, env }: StartDemoOptions): StartWorker {
  return ({ workDir, config, resume, fork, adopt }, listener): Worker => {
    const refuse = (message: string) => refuseStart(message, { spawn, listener, adopt });
    if (!existsSync(agentFile)) return refuse(`The demo agent is not available: ${agentFile} is missing`);
    if (config.model !== undefined && !findModel(config.model)) {
      const models = demoModels.map(({ id }) => id).join(', ');
      return refuse(`there is no model ${config.model}; choose one of ${models}`);
    }
    const remembered = adopt && memory.safeParse(adopt.memory).data;
    if (adopt && !remembered) return refuse(foreignMemory('The demo agent'));
    let ready = remembered?.ready ?? null;
    const args = [
      // Node 22 warns that it runs TypeScript; the last words of a crash must be the agent's own.
      '--disable-warning=ExperimentalWarning',
      agentFile,
      `--state-dir=${stateDir}`,
      ...(config.model === undefined ? [] : [`--model=${config.model}`]),
      ...(resume === undefined ? [] : [`--resume=${resume}`]),
      ...(fork === undefined ? [] : toBranch(fork)),
    ];
    const needs = { workDir, state: [{ path: stateDir }], readable: [dirname(agentFile)] };
    const child = withNeeds(spawn, needs)(
      { file: node, args, cwd: workDir, env, ...lasting(adopt) },
      {
        onLines(lines) {
          const events = lines.flatMap((line) => translate(line, workDir));
          ready = events.find((event) => event.type === 'worker.ready')?.data ?? ready;
          listener.onEvents(events);
        },
        onExit: (exit) => listener.onExit(exit),
      },
    );
    if (ready) {
      const data = ready;
      queueMicrotask(() => listener.onEvents([{ type: 'worker.ready', data }]));
    }
    const tell = (request: DemoRequest) => child.writeLine(JSON.stringify(request));
    return {
      get pid() {
        return child.pid;
      },
      prompt: (input) => tell({ type: 'prompt', ...toRequest(input) }),
      steer: (input) => tell({ type: 'steer', ...toRequest(input) }),
      respond: (response) => tell(toAnswer(response)),
      interrupt: () => tell({ type: 'interrupt' }),
      command({ command, args = '', extra }) {
        if (isDemoCommand(command)) {
          const value = args.trim() || (typeof extra?.model === 'string' ? extra.model : '');
          tell({ type: 'command', command, value });
          return;
        }
        const message = `The demo agent has no command ${command}; it has ${demoCommands.join(', ')}.`;
        listener.onEvents([
          { type: 'error', data: { code: 'NOT_SUPPORTED', message, details: { command } } },
        ]);
      },
      save: () => stateOf(child, () => ({ ready })),
      stop: () => child.stop(),
    };
  };
}

function toBranch(fork: string): string[] {
  const { conversation, last } = fromPointWord(fork);
  return [`--fork=${conversation}`, ...(last === undefined ? [] : [`--turns=${last}`])];
}

function isDemoCommand(name: string): name is DemoCommand {
  return demoCommands.some((command) => command === name);
}
