import type {
  StartWorker,
  WorkerCapabilities,
  WorkerDefinition,
  WorkerEvent,
  WorkerInput,
  WorkerListener,
  WorkerOptions,
} from '../../src/worker/worker.ts';

export type ScriptedWorker = {
  definition: WorkerDefinition;
  /** What the session asked of the worker, in order. */
  calls: string[];
  prompts: WorkerInput[];
  starts: WorkerOptions[];
  /** Undefined: it has no process of its own. */
  pid: number | undefined;
  /** What the worker says of how it stands; undefined if no gateway could go on from there. */
  state: { offset: number; memory: unknown } | undefined;
  /** Speaks as the worker. */
  say(...events: WorkerEvent[]): void;
  exit(code: number): void;
};

/** A worker whose every word a test says itself. */
export function createScriptedWorker(capabilities: Partial<WorkerCapabilities> = {}): ScriptedWorker {
  let listener: WorkerListener | undefined;
  const calls: string[] = [];
  const prompts: WorkerInput[] = [];
  const starts: WorkerOptions[] = [];
  const process = { pid: 4711, startTime: '1', mark: 'mark', folder: '/nowhere' };
  const end = (code: number, reason: 'exited' | 'stopped') => {
    const exit = { reason, code, signal: null, stderr: 'last words' } as const;
    const told = listener;
    listener = undefined;
    told?.onExit(exit);
    return exit;
  };
  const start: StartWorker = (options, given) => {
    starts.push(options);
    listener = given;
    return {
      pid: world.pid,
      prompt(input) {
        prompts.push(input);
        calls.push(`prompt ${input.content}`);
      },
      steer: (input) => void calls.push(`steer ${input.content}`),
      respond: (response) =>
        void calls.push(`respond ${response.kind} ${'allowed' in response ? response.allowed : ''}`),
      interrupt: () => void calls.push('interrupt'),
      leave: () => void calls.push('leave'),
      save: () => world.state && { process, ...world.state },
      async stop() {
        calls.push('stop');
        return end(0, 'stopped');
      },
    };
  };
  const world: ScriptedWorker = {
    definition: {
      ...{
        type: 'scripted',
        title: 'Scripted',
        tested: null,
        accepts: new Set(['work_dir', 'model']),
        commands: [],
        start,
      },
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
        survives_restart: true,
        fork: true,
        rewind: true,
        ...capabilities,
      },
      locate: async () => ({ available: true, version: null, path: '' }),
    },
    ...{ calls, prompts, starts, pid: 4711, state: undefined },
    say: (...events) => listener?.onEvents(events),
    exit: (code) => void end(code, 'exited'),
  };
  return world;
}
