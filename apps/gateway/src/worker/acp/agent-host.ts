import type { Ids } from '../../ground/ids.ts';
import type { ChildProcess, Exit, ProcessOptions, SpawnProcess } from '../../process/child-process.ts';
import { type AcpLine, decodeLine } from '../acp-session/decode-line.ts';
import type { ToolCall } from '../acp-session/messages.ts';
import type { WorkerEvent } from '../worker.ts';
import { AgentConnection, rpcId } from './agent-connection.ts';
import { Asks, type AsksMemory } from './asks.ts';
import { ClientRequests, type RequestsMemory } from './client-requests.ts';
import { Terminals } from './terminals.ts';

/** All that is remembered of what goes on between the agent and us. */
export type HostMemory = { nextId: number; asks: AsksMemory; requests: RequestsMemory };

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
  life: Pick<ProcessOptions, 'lasting' | 'adopt'>;
  /** Of an agent that an earlier gateway started. */
  memory: HostMemory | undefined;
};

export interface AgentHostListener {
  /** What one read brought; each of the lines is to be told by `tell`, in order. */
  onLines(lines: readonly string[]): void;
  /** A line that is neither a request nor an answer. */
  translate(line: AcpLine): WorkerEvent[];
  tellCall(call: ToolCall): WorkerEvent[];
  /** All that is known of a call that was told. */
  known(call: ToolCall): ToolCall;
  onRefused(toolCallId: string): void;
  /** What a next gateway has to know is something else now. */
  onChange(): void;
  inTurn(): boolean;
  /** The process and everything it had us run are gone. */
  onExit(exit: Exit): void;
}

/** The agent's process and what we are to it: its connection, its files and commands, the ones who answer it. */
export class AgentHost {
  readonly process: ChildProcess;
  readonly connection: AgentConnection;
  readonly requests: ClientRequests;
  readonly #asks: Asks;
  readonly #terminals: Terminals;
  readonly #listener: AgentHostListener;

  constructor(options: AgentHostOptions, listener: AgentHostListener) {
    const { file, args, workDir, environment, terminalEnvironment, spawn, ids, graceMs, life, memory } =
      options;
    const newId = () => ids.uuid();
    this.#listener = listener;
    this.#asks = new Asks({ newId, workDir, memory: memory?.asks });
    this.#terminals = new Terminals({ workDir, spawn, newId, environment: terminalEnvironment });
    this.connection = new AgentConnection({
      write: (line) => this.process.writeLine(line),
      ...(memory && { nextId: memory.nextId }),
    });
    this.requests = new ClientRequests({
      ...{ workDir, newId, connection: this.connection, asks: this.#asks, terminals: this.#terminals },
      memory: memory?.requests,
      tellCall: (call) => listener.tellCall(call),
      known: (call) => listener.known(call),
      onRefused: (id) => listener.onRefused(id),
      onChange: () => listener.onChange(),
      inTurn: () => listener.inTurn(),
    });
    this.process = spawn(
      { file, args, cwd: workDir, env: environment, graceMs, ...life },
      {
        onLines: (lines) => listener.onLines(lines),
        onExit: (exit) => void this.#end().then(() => listener.onExit(exit)),
      },
    );
  }

  /** Undefined while no other gateway could go on with the agent. */
  get memory(): HostMemory | undefined {
    if (this.#terminals.any) return undefined;
    const { nextId } = this.connection;
    return { nextId, asks: this.#asks.memory, requests: this.requests.memory };
  }

  /** What is to be told of a line. */
  tell(text: string): readonly WorkerEvent[] {
    const line = decodeLine(text);
    if (line.type !== 'message') return this.#listener.translate(line);
    const { method, params } = line.message;
    if (typeof method !== 'string') return this.connection.settle(line.message);
    const id = rpcId.safeParse(line.message.id);
    return id.success ? this.requests.take(id.data, method, params) : [];
  }

  async #end(): Promise<void> {
    this.connection.close();
    await this.#terminals.stopAll();
  }
}
