import { permissionParams, type ToolCall } from '../acp-session/messages.ts';
import { RequestError } from './agent-connection.ts';
import type { Answer, Asks } from './asks.ts';
import {
  type FileRequestsOptions,
  parse,
  readTextFile,
  type WriteParams,
  writeTextFile,
} from './file-requests.ts';
import type { CreateTerminal, Terminals } from './terminals.ts';

export type ClientRequestsOptions = {
  workDir: string;
  asks: Asks;
  terminals: Terminals;
  newId(): string;
  /** The agent's call is about to be asked for: clients must know it first. */
  onAsked(call: ToolCall): void;
  /** A call was refused. */
  onRefused(toolCallId: string): void;
  /** Whether a turn runs: outside of one nobody is asked, and nothing is done. */
  inTurn(): boolean;
};

const ownOptions = [
  { optionId: 'allow', name: 'Allow once', kind: 'allow_once' as const },
  { optionId: 'reject', name: 'Deny', kind: 'reject_once' as const },
];

/** What an agent may ask of us: permissions, files of the work dir, commands. */
export class ClientRequests {
  readonly #options: ClientRequestsOptions;
  /** Files of calls that a person allowed: an agent that asked for an edit is not asked again when it writes. */
  readonly #allowedWrites = new Set<string>();
  readonly #allowedCommands = new Set<string>();

  constructor(options: ClientRequestsOptions) {
    this.#options = options;
  }

  async answer(method: string, params: unknown): Promise<unknown> {
    const { terminals, workDir } = this.#options;
    switch (method) {
      case 'session/request_permission':
        return this.#askPermission(params);
      case 'fs/read_text_file':
        return readTextFile(params, { workDir });
      case 'fs/write_text_file':
        return writeTextFile(params, this.#files);
      case 'terminal/create':
        return terminals.create(params);
      case 'terminal/output':
        return terminals.output(params);
      case 'terminal/wait_for_exit':
        return terminals.waitForExit(params);
      case 'terminal/kill':
        return terminals.kill(params);
      case 'terminal/release':
        return terminals.release(params);
      default:
        throw RequestError.methodNotFound(method);
    }
  }

  /** The turn is over, and with it what was allowed once. */
  forget(): void {
    this.#allowedWrites.clear();
    this.#allowedCommands.clear();
  }

  async mayRun({ command, args }: CreateTerminal): Promise<boolean> {
    const line = [command, ...(args ?? [])].join(' ');
    if (this.#allowedCommands.has(line)) return true;
    return this.#may({ kind: 'execute', name: 'terminal', title: line, rawInput: { command: line } });
  }

  get #files(): FileRequestsOptions {
    return { workDir: this.#options.workDir, mayWrite: (write) => this.#mayWrite(write) };
  }

  async #mayWrite({ path, content }: WriteParams): Promise<boolean> {
    if (this.#allowedWrites.has(path)) return true;
    const diff = { type: 'diff' as const, path, oldText: null, newText: content };
    return this.#may({
      kind: 'edit',
      name: 'write_text_file',
      title: `Write ${path}`,
      rawInput: { path, content },
      content: [diff],
      locations: [{ path }],
    });
  }

  /** Asks for something that the agent does through us without having asked. */
  async #may(call: Omit<ToolCall, 'toolCallId'>): Promise<boolean> {
    const { asks, newId, inTurn } = this.#options;
    if (!inTurn()) return false;
    const answer = await asks.ask({
      toolCall: { ...call, toolCallId: newId() } as ToolCall,
      options: ownOptions,
      callKnown: false,
    });
    return isAllowed(answer);
  }

  async #askPermission(params: unknown): Promise<unknown> {
    const { asks, onAsked, onRefused } = this.#options;
    const asked = parse(permissionParams, params);
    const { toolCall } = asked;
    onAsked(toolCall);
    const answer = await asks.ask({ ...asked, callKnown: true });
    if (isAllowed(answer)) this.#allow(toolCall);
    else if (answer !== 'cancelled') onRefused(toolCall.toolCallId);
    if (answer === 'cancelled' || answer === 'denied') return { outcome: { outcome: 'cancelled' } };
    return { outcome: { outcome: 'selected', optionId: answer.optionId } };
  }

  #allow({ kind, locations, content, rawInput }: ToolCall): void {
    if (kind === 'edit') {
      for (const { path } of locations ?? []) this.#allowedWrites.add(path);
      for (const part of content ?? []) if (part.type === 'diff') this.#allowedWrites.add(part.path);
    }
    if (kind === 'execute' && rawInput && typeof rawInput === 'object' && 'command' in rawInput) {
      if (typeof rawInput.command === 'string') this.#allowedCommands.add(rawInput.command);
    }
  }
}

function isAllowed(answer: Answer): boolean {
  return typeof answer === 'object' && answer.allowed;
}
