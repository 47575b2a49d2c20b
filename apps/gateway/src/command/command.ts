/** A word after `hotplex`, and what it does. */
export type Command = {
  name: string;
  /** Its lines in `hotplex --help`: how it is called, and what for. */
  usage: readonly (readonly [call: string, purpose: string])[];
  /** What `hotplex NAME --help` says; default: what all say. */
  help?: string;
  /** Resolves with its exit code, or with undefined if it goes on by itself. Throws StartError. */
  run(args: readonly string[]): Promise<number | undefined>;
};
