import type { Ids } from '../../ground/ids.ts';
import type { ChildProcess, Exit, SpawnProcess } from '../../process/child-process.ts';
import { type AcpLine, decodeLine } from '../acp-session/decode-line.ts';
import type { ToolCall } from '../acp-session/messages.ts';
import type { WorkerEvent } from '../worker.ts';
import { AgentConnection } from './agent-connection.ts';
import { Asks } from './asks.ts';
import { ClientRequests } from './client-requests.ts';
import { Terminals } from './terminals.ts';

export type AgentHostOptions = {
  /** Absolute path of the agent's program. */
  file: string;
  args: readonly string[];
  workDir: string;
  environment: Readonly<Record<string, string>>;
  terminalEnvironment(additions: Readonly<Record<string, string>>): Record<string, string>;
  spawn: SpawnProcess;
  ids: Ids;
  /** How long TERM may take before KILL. */
  graceMs: number;
};

export interface AgentHostListener {
  /** What one read brought beside requests and answers. */
  onLines(lines: readonly AcpLine[]): void;
  /** Requests for permission and their withdrawal. */
  onAsks(events: readonly WorkerEvent[]): void;
  onAsked(call: ToolCall): ToolCall;
  onRefused(toolCallId: string): void;
  inTurn(): boolean;
  /** The process and everything it had us run are gone. */
  onExit(exit: Exit): void;
}

/** The agent's process and what we are to it: its connection, its files and commands, the ones who answer it. */
export class AgentHost {
  readonly process: ChildProcess;
  readonly connection: AgentConnection;
  readonly asks: Asks;
  readonly requests: ClientRequests;
  readonly #terminals: Terminals;

  constructor(options: AgentHostOptions, listener: AgentHostListener) {
    const { file, args, workDir, environment, terminalEnvironment, spawn, ids, graceMs } = options;
    const newId = () => ids.uuid();
    this.asks = new Asks({ emit: (events) => listener.onAsks(events), newId });
    this.#terminals = new Terminals({
      ...{ workDir, spawn, newId, environment: terminalEnvironment },
      requireRun: (command) => this.requests.requireRun(command),
    });
    this.requests = new ClientRequests({
      ...{ workDir, newId, asks: this.asks, terminals: this.#terminals },
      onAsked: (call) => listener.onAsked(call),
      onRefused: (id) => listener.onRefused(id),
      inTurn: () => listener.inTurn(),
    });
    this.connection = new AgentConnection({
      write: (line) => this.process.writeLine(line),
      answer: (method, params) => this.requests.answer(method, params),
    });
    this.process = spawn(
      { file, args, cwd: workDir, env: environment, graceMs },
      {
        onLines: (lines) => listener.onLines(lines.flatMap((line) => this.#read(line))),
        onExit: (exit) => void this.#end().then(() => listener.onExit(exit)),
      },
    );
  }

  #read(text: string): AcpLine[] {
    const line = decodeLine(text);
    if (line.type !== 'message') return [line];
    this.connection.receive(line.message);
    return [];
  }

  async #end(): Promise<void> {
    this.connection.close();
    await this.#terminals.stopAll();
  }
}
