import * as z from 'zod';
import { followWithin } from '../../ground/follow-path.ts';
import type { ChildProcess, Exit, SpawnProcess } from '../../process/child-process.ts';
import { parse } from './file-requests.ts';
import { RequestError } from './request-error.ts';

export const createParams = z.looseObject({
  command: z.string().min(1),
  args: z.array(z.string()).nullish(),
  env: z.array(z.looseObject({ name: z.string(), value: z.string() })).nullish(),
  cwd: z.string().nullish(),
  outputByteLimit: z.int().nonnegative().nullish(),
});
export type CreateTerminal = z.infer<typeof createParams>;
const namedTerminal = z.looseObject({ terminalId: z.string() });

const [largestOutput, mostTerminals] = [1024 * 1024, 16];
/** One line may be this long; a longer one ends the command. */
const maxLineBytes = 8 * 1024 * 1024;

type Terminal = {
  child: ChildProcess;
  output: string;
  truncated: boolean;
  exit: Promise<Exit>;
  ended: Exit | undefined;
};

export type TerminalsOptions = {
  workDir: string;
  /** The whole environment of the commands, to which the agent may add. */
  environment(additions: Readonly<Record<string, string>>): Record<string, string>;
  spawn: SpawnProcess;
  newId(): string;
};

/** The commands an agent runs by `terminal/*`. Each is a process of ours: its tree ends with it, and all of them with the agent. */
export class Terminals {
  readonly #options: TerminalsOptions;
  readonly #terminals = new Map<string, Terminal>();

  constructor(options: TerminalsOptions) {
    this.#options = options;
  }

  /**
   * Whether there are any. NOTE: then no other gateway can go on with the agent. Their commands end with this one, since
   * their output is kept here and nowhere else, and an agent that waits for one would wait for ever. To spool each of them
   * is not worth it: agents run commands themselves and use ours only if they have no shell of their own.
   */
  get any(): boolean {
    return this.#terminals.size > 0;
  }

  /** `terminal/create`, before anybody is asked: the command, if it may be run where it says. */
  toCommand(params: unknown): CreateTerminal {
    const asked = parse(createParams, params);
    this.#toFolder(asked);
    if (this.#terminals.size >= mostTerminals)
      throw new RequestError(-32_603, 'too many terminals; release some');
    return asked;
  }

  /** Runs the command; that it is allowed is known by now. */
  create(asked: CreateTerminal): { terminalId: string } {
    const { spawn, newId, environment } = this.#options;
    const cwd = this.#toFolder(asked);
    const exit = Promise.withResolvers<Exit>();
    const limit = Math.min(asked.outputByteLimit ?? largestOutput, largestOutput);
    // NOTE: the shell only joins both outputs; command and arguments stand behind it as they are. A command without
    // arguments may be a whole line for the shell: that is what agents send.
    const line = asked.args?.length
      ? ['exec "$0" "$@" 2>&1', asked.command, ...asked.args]
      : [`{ ${asked.command}\n} 2>&1`];
    const env = environment(Object.fromEntries((asked.env ?? []).map(({ name, value }) => [name, value])));
    const child = spawn(
      { file: '/bin/sh', args: ['-c', ...line], cwd, env, maxLineBytes, graceMs: 1_000 },
      {
        onLines: (lines) => append(terminal, `${lines.join('\n')}\n`, limit),
        onExit: (how) => {
          terminal.ended = how;
          exit.resolve(how);
        },
      },
    );
    const terminal: Terminal = { child, output: '', truncated: false, exit: exit.promise, ended: undefined };
    child.closeInput();
    const terminalId = newId();
    this.#terminals.set(terminalId, terminal);
    return { terminalId };
  }

  output(params: unknown) {
    const { output, truncated, ended } = this.#find(params);
    return { output, truncated, ...(ended ? { exitStatus: toStatus(ended) } : {}) };
  }

  async waitForExit(params: unknown) {
    return toStatus(await this.#find(params).exit);
  }

  async kill(params: unknown): Promise<Record<string, never>> {
    await this.#find(params).child.stop();
    return {};
  }

  async release(params: unknown): Promise<Record<string, never>> {
    const { terminalId } = parse(namedTerminal, params);
    await this.#find(params).child.stop();
    this.#terminals.delete(terminalId);
    return {};
  }

  /** What a terminal wrote, for a tool call that shows it. */
  textOf(terminalId: string): string | undefined {
    return this.#terminals.get(terminalId)?.output;
  }

  /** Resolves when no process of any terminal is left. */
  async stopAll(): Promise<void> {
    await Promise.all([...this.#terminals.values()].map(({ child }) => child.stop()));
  }

  /** NOTE: looked at again when the command was allowed: the answer may have taken minutes, in which links can change. */
  #toFolder({ cwd }: CreateTerminal): string {
    const { workDir } = this.#options;
    const real = followWithin(workDir, cwd ?? workDir);
    if (real === undefined) throw new RequestError(-32_602, `${cwd} is not a folder in the work dir`);
    return real;
  }

  #find(params: unknown): Terminal {
    const { terminalId } = parse(namedTerminal, params);
    const terminal = this.#terminals.get(terminalId);
    if (!terminal) throw RequestError.resourceNotFound(terminalId);
    return terminal;
  }
}

/** The end of the output is kept, as the protocol asks, and begins at a whole character. */
function append(terminal: Terminal, text: string, limit: number): void {
  const bytes = Buffer.from(terminal.output + text);
  if (bytes.length <= limit) {
    terminal.output += text;
    return;
  }
  terminal.truncated = true;
  let start = bytes.length - limit;
  while (start < bytes.length && ((bytes[start] ?? 0) & 0xc0) === 0x80) start += 1;
  terminal.output = bytes.toString('utf8', start);
}

function toStatus({ code, signal }: Exit): { exitCode: number | null; signal: string | null } {
  return { exitCode: code, signal };
}
