import { toJudgedCalls, toLine } from '../acp-session/judged-call.ts';
import { permissionParams, type ToolCall } from '../acp-session/messages.ts';
import type { ToolCall as JudgedCall } from '../worker.ts';
import { RequestError } from './agent-connection.ts';
import { type Answer, type Asks, ownOptions, requireAllowed } from './asks.ts';
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
  /** The agent's call is about to be asked for: clients must know it first. Returns all that is known of it. */
  onAsked(call: ToolCall): ToolCall;
  /** A call was refused. */
  onRefused(toolCallId: string): void;
  /** Whether a turn runs: outside of one nobody is asked, and nothing is done. */
  inTurn(): boolean;
};

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
    const { terminals } = this.#options;
    switch (method) {
      case 'session/request_permission':
        return this.#askPermission(params);
      case 'fs/read_text_file':
        return readTextFile(params, this.#files);
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

  /** Throws RequestError if the command may not run. */
  async requireRun({ command, args, cwd }: CreateTerminal): Promise<void> {
    const line = [command, ...(args ?? [])].join(' ');
    const rawInput = { command: line, cwd: cwd ?? this.#options.workDir };
    const call = { kind: 'execute', name: 'terminal', title: line, rawInput };
    const judged = args?.length ? toLine([command, ...args]) : command;
    const calls = [{ kind: 'command' as const, command: judged, cwd: rawInput.cwd }];
    await this.#require(call, { calls, isAllowed: this.#allowedCommands.has(line) });
  }

  get #files(): FileRequestsOptions {
    const { workDir } = this.#options;
    return {
      workDir,
      requireRead: (path) =>
        this.#require(
          { kind: 'read', name: 'read_text_file', title: `Read ${path}`, rawInput: { path } },
          { calls: [{ kind: 'read', path, cwd: workDir }], isAllowed: true },
        ),
      requireWrite: (write) => this.#requireWrite(write),
    };
  }

  #requireWrite({ path, content }: WriteParams): Promise<void> {
    const diff = { type: 'diff' as const, path, oldText: null, newText: content };
    const call = {
      kind: 'edit',
      name: 'write_text_file',
      title: `Write ${path}`,
      rawInput: { path, content },
      content: [diff],
      locations: [{ path }],
    };
    const calls = [{ kind: 'write' as const, path, cwd: this.#options.workDir }];
    return this.#require(call, { calls, isAllowed: this.#allowedWrites.has(path) });
  }

  /** Asks for something that the agent does through us without having asked; what is allowed already needs the policy alone. */
  async #require(
    call: Omit<ToolCall, 'toolCallId'>,
    { calls, isAllowed }: { calls: readonly JudgedCall[]; isAllowed: boolean },
  ): Promise<void> {
    const { asks, newId, inTurn } = this.#options;
    const toolCall = { ...call, toolCallId: newId() } as ToolCall;
    if (isAllowed) return asks.check({ toolCall, callKnown: false, calls });
    if (!inTurn()) throw new RequestError(-32_603, 'nobody can be asked outside of a turn');
    const options = ownOptions.map(({ id, label, kind }) => ({ optionId: id, name: label, kind }));
    requireAllowed(await asks.ask({ toolCall, options, callKnown: false, calls }));
  }

  async #askPermission(params: unknown): Promise<unknown> {
    const { asks, onAsked, onRefused, workDir } = this.#options;
    const asked = parse(permissionParams, params);
    const { toolCall } = asked;
    const known = onAsked(toolCall);
    const calls = toJudgedCalls(known, workDir);
    const answer = await asks.ask({ ...asked, callKnown: true, calls });
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
