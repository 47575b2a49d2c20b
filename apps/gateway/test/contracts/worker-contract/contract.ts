import type { ErrorCode, SessionConfig } from '@hotplex/aep-protocol';
import type { WorkerCapabilities, WorkerDefinition } from '../../../src/worker/worker.ts';
import type { RecordedWorker } from '../recorded-worker.ts';
import type { AgentSetUp } from './define-agent.ts';

/** An agent installed for one test, with a home and a work dir of its own. */
export interface ContractStage extends AsyncDisposable {
  readonly definition: WorkerDefinition;
  readonly workDir: string;
  /** What every session of this stage is started with. */
  readonly config?: SessionConfig;
  /** The process behind a worker that shares one with others, so that it can be killed. */
  sharedPid?(): number;
  /** The same agent for gateways that are killed; absent for agents that end with their gateway. */
  readonly setUp?: AgentSetUp;
}

/** What the agent's program does to its own output, beside working as usual. */
export const hostilities = ['garbage', 'cut-lines', 'long-line', 'stderr-flood'] as const;
export type Hostility = (typeof hostilities)[number];

/** How a model can fail. `refused`: nobody listens. `cut`: the stream ends in the middle. */
export const modelFailures = [
  'unauthorized',
  'rate-limited',
  'server-error',
  'overloaded',
  'cut',
  'refused',
] as const;
export type ModelFailure = (typeof modelFailures)[number];

export type FailureScene = {
  /** Makes the model fail so, for good. */
  prompt: string;
  code: ErrorCode;
  /** Whether the agent tries again by itself, and says so. */
  retries: boolean;
  /** Whether it tries in silence for longer than a test should wait: proved while others run. */
  takesLong?: boolean;
  /** Where the stage must be another one: with a model that is not there. The next turn is then not tried. */
  setUp?: () => Promise<ContractStage>;
};

export type CommandScene = {
  args?: string;
  /** Whether the agent carries it out in a turn of its own, with `turn.started` and `done`. */
  inTurn?: boolean;
  /** What makes it true that the command works; left out where the suite knows that itself. */
  prove?: (agent: RecordedWorker) => Promise<void>;
  /** To be proved on an agent that has said something before, where that makes a difference. */
  inConversation?: boolean;
};

export type SettingScene = {
  value: unknown;
  /** What is said to the agent that was started with it, so that the effect shows. */
  prompt: string;
  /** For a system prompt: what the agent says only because of it. */
  says?: string;
  /** What makes it true that the setting works; left out where the suite knows that itself. */
  prove?: (agent: RecordedWorker, options: { stage: ContractStage }) => Promise<void>;
};

export type WorkerContract = {
  name: string;
  /** What the adapter announces; the suite holds it to that, in both directions. */
  capabilities: WorkerCapabilities;
  setUp: () => Promise<ContractStage>;
  /** The adapter on a machine where the agent is not installed. */
  setUpMissing: () => Promise<ContractStage>;
  /** What to say so that the agent does the thing. What an agent cannot do at all is left out. */
  prompts: {
    /** Streams exactly this text in several pieces. */
    text: { prompt: string; says: string };
    /** Thinks in one block of several pieces. */
    reasoning?: string;
    /** Says this only if the picture that was sent along came. */
    image?: { prompt: string; says: string };
    /** Calls tools that need no permission. */
    tool: string;
    /** Changes the file (its path as it ends) so that its new text has these words; may ask for permission. */
    edit: { prompt: string; file: string; adds: string };
    /** Asks once for permission for a tool call, and can be allowed for the session. */
    permission?: string;
    /** Asks one or more questions with options. */
    question?: string;
    /** Asks for a form that can be accepted with this content, and that says whether it was. */
    elicitation?: {
      prompt: string;
      content: Record<string, unknown>;
      /** Where the stage needs an MCP server for it. */
      setUp?: () => Promise<ContractStage>;
    };
    /** Streams some text, or calls a tool where the agent streams none, and does not end by itself. */
    endless: string;
    /** Calls a tool that needs no permission and does not end by itself. */
    endlessTool: string;
    /** Makes the agent try its model again and again, with a notice each time. */
    endlessRetry?: string;
    /** Streams some text and ends once a prompt was steered into it. */
    steerable?: string;
    /** Makes it remember `fact`, which `recall` makes it say again. */
    memory: {
      remember: string;
      recall: string;
      fact: string;
      /** A native id of the right form that names no conversation. Default: a UUID. */
      unknownSession?: string;
      /** For agents that can be taken back: something more to remember, and what makes it say all of it. */
      later?: { remember: string; recall: string; fact: string };
    };
    /** Makes the process end in the middle of a turn. */
    crash?: { prompt: string; code: number; stderr: string };
    /** Leaves a process in a group of its own behind and says `grandchild <pid>`, in text or in a tool's output. */
    grandchild?: string;
  };
  /** A scene for each of `definition.commands`. */
  commands: Readonly<Record<string, CommandScene>>;
  /** A scene for each field of `definition.accepts`, but for those of the session and the permission mode. */
  settings?: Readonly<Partial<Record<keyof SessionConfig, SettingScene>>>;
  /** All of them, for agents that have a model. */
  failures?: Readonly<Record<ModelFailure, FailureScene>>;
  /** A stage whose agent misbehaves on its outputs. Absent for agents that are not read line by line. */
  setUpHostile?: (hostility: Hostility) => Promise<ContractStage>;
};
