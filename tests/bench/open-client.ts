import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { z } from 'zod';
import { onProcessor } from './processors.ts';
import type { Rig } from './rig.ts';
import type { RunningSubject } from './subjects/subject.ts';

/** What agents are to say in a turn, all at the same time. */
export type Load = {
  /** Pieces of text that each says. */
  pieces: number;
  /** How many of them in a second; 0: as fast as it can. */
  rate: number;
  /** How many of them at a time; default 1. */
  burst?: number;
  /** Whether no two of them are one event, also of those that come in one read. */
  apart?: boolean;
  /** Words that the prompt has besides. */
  words?: string;
  /** The time within which they are asked, one after the other. */
  spreadMs?: number;
};

const opened = z.strictObject({ connectMs: z.number(), initMs: z.number() });

/** Of a turn, and from `seconds` on of its middle four fifths. Microseconds, unless the name says otherwise. */
const turnFigures = z.strictObject({
  turnMs: z.number(),
  seconds: z.number(),
  events: z.number(),
  frames: z.number(),
  bytes: z.number(),
  /** What the subject's process used of its processor. */
  cpu: z.number(),
  latencyP50: z.number(),
  latencyP99: z.number(),
  latencyP999: z.number(),
  /** From a prompt to the first piece of text. */
  firstWordP50: z.number(),
  firstWordP99: z.number(),
});
export type TurnFigures = z.infer<typeof turnFigures>;

/** All sessions of a subject, each with a connection. */
export type BenchClient = AsyncDisposable & {
  /** How long it took to open all connections, and what else passed until all sessions were answered. */
  opened: z.infer<typeof opened>;
  /** One turn of every session. Throws what the client has to complain about. */
  turn(load: Load): Promise<TurnFigures>;
};

/** Connects so many sessions to a subject. */
export async function openClient(
  rig: Rig,
  { port, pid, header, init, toPrompt }: Omit<RunningSubject, 'inside' | keyof AsyncDisposable>,
  sessions: number,
): Promise<BenchClient> {
  const options = { port, pid, sessions, header, init };
  const args = Object.entries(options).flatMap(([name, value]) => [`--${name}`, String(value)]);
  const [program, ...all] = onProcessor('others', [rig.client, ...args]);
  const child: ChildProcessByStdio<Writable, Readable, null> = spawn(program, all, {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const answer = async () => {
    const { value } = await lines.next();
    if (value === undefined) throw new Error('the client of the bench ended; what it said is above');
    return JSON.parse(value) as unknown;
  };
  return {
    opened: opened.parse(await answer()),
    async turn({ pieces, rate, burst = 1, apart = false, words = '', spreadMs = 50 }) {
      const prompt = toPrompt(`count=${pieces} rate=${rate} burst=${burst} apart=${Number(apart)} ${words}`);
      child.stdin.write(`${sessions * pieces} ${spreadMs} ${prompt}\n`);
      return turnFigures.parse(await answer());
    },
    async [Symbol.asyncDispose]() {
      child.stdin.end();
      await exited;
    },
  };
}
