import * as z from 'zod';
import { permissionParams, type ToolCall } from '../acp-session/messages.ts';
import type { InteractionResponse, WorkerEvent } from '../worker.ts';
import type { AgentConnection, RpcId } from './agent-connection.ts';
import type { Answer, Asks } from './asks.ts';
import { parse, toFileWrite } from './file-requests.ts';
import { FilesUnderway, type FileWork } from './files-underway.ts';
import { toAllowed, toCall, toLine, toWords } from './own-calls.ts';
import type { Purpose } from './purpose.ts';
import { RequestError, toRequestError } from './request-error.ts';
import type { CreateTerminal, Terminals } from './terminals.ts';

/** All that is remembered of an agent's requests beside the open asks. */
export type RequestsMemory = {
  allowedWrites: Set<string>;
  allowedCommands: Set<string>;
  files: [RpcId, FileWork][];
};

export type ClientRequestsOptions = {
  workDir: string;
  connection: AgentConnection;
  asks: Asks;
  terminals: Terminals;
  newId(): string;
  memory: RequestsMemory | undefined;
  /** The agent's call is about to be asked for: clients must know it first. */
  tellCall(call: ToolCall): WorkerEvent[];
  /** All that is known of a call that was told. */
  known(call: ToolCall): ToolCall;
  /** A call was refused. */
  onRefused(toolCallId: string): void;
  /** Something was carried out, which a next gateway must not do again. */
  onChange(): void;
  /** Whether a turn runs: outside of one nobody is asked, and nothing is done. */
  inTurn(): boolean;
};

const namedFile = z.looseObject({ path: z.string() });

const ownOptions = [
  { optionId: 'allow', name: 'Allow once', kind: 'allow_once' as const },
  { optionId: 'reject', name: 'Deny', kind: 'reject_once' as const },
];

/** What an agent may ask of us: permissions, files of the work dir, commands. */
export class ClientRequests {
  readonly #options: ClientRequestsOptions;
  /** Files of calls that a person allowed: an agent that asked for an edit is not asked again when it writes. */
  readonly #allowedWrites: Set<string>;
  readonly #allowedCommands: Set<string>;
  readonly #files: FilesUnderway;

  constructor(options: ClientRequestsOptions) {
    this.#options = options;
    const { memory, workDir, connection, onChange } = options;
    this.#allowedWrites = memory?.allowedWrites ?? new Set();
    this.#allowedCommands = memory?.allowedCommands ?? new Set();
    this.#files = new FilesUnderway({ workDir, connection, onChange });
  }

  get memory(): RequestsMemory {
    const { entries: files } = this.#files;
    return { allowedWrites: this.#allowedWrites, allowedCommands: this.#allowedCommands, files };
  }

  /** Whether something is being carried out. */
  get underway(): boolean {
    return this.#files.entries.length > 0 || this.#options.terminals.any;
  }

  /** Carries out what an earlier gateway was asked to and did not answer. */
  resume(): void {
    for (const [id, work] of this.#options.memory?.files ?? []) this.#files.begin(id, work);
  }

  /** What the session is to be asked again, as no earlier gateway may have heard its word. */
  openChecks(): WorkerEvent[] {
    return this.#options.asks.openChecks();
  }

  /** Takes a request of the agent; it is answered at once or later. Returns what is to be told of it. */
  take(id: RpcId, method: string, params: unknown): WorkerEvent[] {
    try {
      return this.#begin(id, method, params);
    } catch (error) {
      this.#options.connection.refuse(id, toRequestError(error));
      return [];
    }
  }

  /** An answer to something that is not open is ignored. */
  respond(response: InteractionResponse): void {
    const decided = this.#options.asks.respond(response);
    if (decided) this.#decide(decided.purpose, decided.answer);
  }

  /** The turn was interrupted or is over: nobody needs to answer any more. */
  withdrawAll(): WorkerEvent[] {
    return this.#options.asks.withdrawAll().map(({ id, purpose }) => {
      this.#decide(purpose, 'cancelled');
      return { type: 'interaction.withdrawn', data: { id } };
    });
  }

  /** The turn is over, and with it what was allowed once. */
  forget(): void {
    this.#allowedWrites.clear();
    this.#allowedCommands.clear();
  }

  #begin(id: RpcId, method: string, params: unknown): WorkerEvent[] {
    const { connection, terminals, workDir } = this.#options;
    switch (method) {
      case 'session/request_permission':
        return this.#askPermission(id, params);
      case 'fs/read_text_file':
        return this.#ask({ is: 'read', requestId: id, params: parse(namedFile, params) }, true);
      case 'fs/write_text_file': {
        const write = toFileWrite(params, { workDir });
        return this.#ask({ is: 'write', requestId: id, write }, this.#allowedWrites.has(write.path));
      }
      case 'terminal/create': {
        const command = terminals.toCommand(params);
        const purpose = { is: 'terminal', requestId: id, command } as const;
        return this.#ask(purpose, this.#allowedCommands.has(toLine(purpose)));
      }
      case 'terminal/output':
        connection.answer(id, terminals.output(params));
        return [];
      case 'terminal/wait_for_exit':
        this.#answerLater(id, terminals.waitForExit(params));
        return [];
      case 'terminal/kill':
        this.#answerLater(id, terminals.kill(params));
        return [];
      case 'terminal/release':
        this.#answerLater(id, terminals.release(params));
        return [];
      default:
        throw RequestError.methodNotFound(method);
    }
  }

  #askPermission(requestId: RpcId, params: unknown): WorkerEvent[] {
    const { toolCall, options } = parse(permissionParams, params);
    const { toolCallId } = toolCall;
    const told = this.#options.tellCall(toolCall);
    const purpose = { is: 'permission', requestId, toolCallId, allows: toAllowed(toolCall) } as const;
    const known = this.#options.known(toolCall);
    return [...told, this.#options.asks.ask({ toolCall, options, purpose, known })];
  }

  /** Asks for something that the agent does through us without having asked; what is allowed already needs the policy alone. */
  #ask(purpose: Exclude<Purpose, { is: 'permission' }>, allowedBefore: boolean): WorkerEvent[] {
    const { newId, inTurn, asks, workDir } = this.#options;
    if (!allowedBefore && !inTurn()) {
      this.#decide(purpose, 'denied');
      return [];
    }
    const toolCall = { ...toCall(purpose, workDir), toolCallId: newId() };
    return [asks.ask({ toolCall, options: ownOptions, purpose, allowedBefore })];
  }

  #decide(purpose: Purpose, answer: Answer): void {
    const { requestId: id } = purpose;
    const { connection, onRefused } = this.#options;
    const allowed = typeof answer === 'object' && answer.allowed;
    if (purpose.is === 'permission') {
      if (allowed) this.#allow(purpose.allows);
      else if (answer !== 'cancelled') onRefused(purpose.toolCallId);
      const chosen = typeof answer === 'object' ? answer : undefined;
      const outcome = chosen ? { outcome: 'selected', optionId: chosen.optionId } : { outcome: 'cancelled' };
      connection.answer(id, { outcome });
      return;
    }
    if (!allowed) {
      const reason = typeof answer === 'object' ? answer.reason : undefined;
      connection.refuse(
        id,
        new RequestError(-32_603, reason ?? `${toWords(purpose)} was refused by the user`),
      );
      return;
    }
    if (purpose.is === 'read') this.#files.begin(id, { is: 'read', params: purpose.params });
    else if (purpose.is === 'write')
      this.#files.begin(id, { is: 'write', write: purpose.write, written: false });
    else this.#run(id, purpose.command);
  }

  #allow({ writes, command }: ReturnType<typeof toAllowed>): void {
    for (const path of writes) this.#allowedWrites.add(path);
    if (command !== undefined) this.#allowedCommands.add(command);
  }

  #run(id: RpcId, command: CreateTerminal): void {
    const { connection, terminals } = this.#options;
    try {
      connection.answer(id, terminals.create(command));
    } catch (error) {
      connection.refuse(id, toRequestError(error));
    }
  }

  #answerLater(id: RpcId, result: Promise<unknown>): void {
    const { connection, onChange } = this.#options;
    result
      .then(
        (value) => connection.answer(id, value),
        (error: unknown) => connection.refuse(id, toRequestError(error)),
      )
      .then(onChange);
  }
}
