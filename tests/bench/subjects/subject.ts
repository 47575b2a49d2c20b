import type { Rig } from '../rig.ts';

/** Something between agents and clients, as it runs. */
export type RunningSubject = AsyncDisposable & {
  port: number;
  pid: number;
  /** What its clients say: a line of the request's head, the first frame, and a prompt with these words. */
  header: string;
  init: string;
  toPrompt(words: string): string;
  /** What only the gateway has. */
  inside?: {
    /** How late the event loop was for 99 of 100 looks since it was last asked for, milliseconds. */
    eventLoopDelayMs(): Promise<number>;
    /** What its database takes on the disk, bytes. */
    diskBytes(): number;
  };
};

/** What is measured: the gateway, or a limit that it is compared with. */
export type Subject = {
  name: 'hotplex' | 'plain-node' | 'c-relay';
  /** `under`: what its process is to be started by; default: nothing. */
  start(rig: Rig, under?: readonly string[]): Promise<RunningSubject>;
};
