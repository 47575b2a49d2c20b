import type { ChildProcess, Exit, SpawnProcess } from '../../process/child-process.ts';
import { type AcpxError, type AnswerOf, type ControlAnswer, decodeControl } from './messages.ts';

export type AcpxCommandsOptions = {
  /** Absolute path of acpx. */
  file: string;
  /** What every command is given. */
  args: readonly string[];
  workDir: string;
  environment: Readonly<Record<string, string>>;
  spawn: SpawnProcess;
};

/** acpx did not do what it was told. The message is for people. */
export class AcpxRefusal extends Error {}

const graceMs = 1_000;

/** The commands of acpx that answer and end: each is a process of its own. */
export class AcpxCommands {
  readonly #options: AcpxCommandsOptions;
  readonly #running = new Set<ChildProcess>();

  constructor(options: AcpxCommandsOptions) {
    this.#options = options;
  }

  /** Rejects with AcpxRefusal if there is no answer of this kind. */
  run<A extends ControlAnswer['action']>(action: A, args: readonly string[]): Promise<AnswerOf<A>> {
    const { file, args: common, workDir: cwd, environment, spawn } = this.#options;
    const { promise, resolve, reject } = Promise.withResolvers<AnswerOf<A>>();
    let refusal: AcpxError | undefined;
    const onLines = (lines: readonly string[]) => {
      for (const said of lines.map(decodeControl)) {
        if (said?.type === 'refusal') refusal ??= said.error;
        else if (said && isAnswer(said.answer, action)) resolve(said.answer);
      }
    };
    const child = spawn(
      { file, args: [...common, ...args], cwd, env: environment, graceMs },
      {
        onLines,
        onExit: (exit) => {
          this.#running.delete(child);
          reject(new AcpxRefusal(refusal?.message ?? toWords(exit)));
        },
      },
    );
    this.#running.add(child);
    child.closeInput();
    return promise;
  }

  /** Resolves once none of them runs any more. */
  async stopAll(): Promise<void> {
    await Promise.all([...this.#running].map((child) => child.stop()));
  }
}

function isAnswer<A extends ControlAnswer['action']>(
  answer: ControlAnswer,
  action: A,
): answer is AnswerOf<A> {
  return answer.action === action;
}

/** The end of a process of acpx that said nothing, in words. */
export function toWords({ message, code, signal, stderr }: Exit): string {
  const last = stderr.trim().split('\n').at(-1);
  return message ?? (last || `acpx ended with ${signal ?? `code ${code}`} and said nothing`);
}
