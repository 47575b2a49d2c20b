import { type ChildProcess } from 'node:child_process';
/** The key every test uses; long enough to be taken. */
export declare const apiKey = 'test-key-0123456789abcdef0123456789abcdef';
export type RunningGateway = AsyncDisposable & {
  url: string;
  port: number;
  workDir: string;
  dataDir: string;
  signInLink: string;
  process: ChildProcess;
  /** Ends the gateway at once, as a crash would. */
  kill(): Promise<void>;
  /** Ends the gateway in order, and leaves its data. */
  stop(): Promise<void>;
  /** Starts another gateway on the same data and the same port. */
  restart(): Promise<void>;
};
type Options = {
  /** The gateway's program; default: what this checkout built. */
  program?: string;
  env?: Record<string, string>;
  /** Hears what the gateway logs; default: whoever runs the tests. */
  onLog?(text: string): void;
};
/** A real gateway, as a user starts it, in a folder of its own. */
export declare function startGateway({ program, env, onLog }?: Options): Promise<RunningGateway>;
