/** What may stand after `--`: a switch, or, with the name of its value, something that is given a value. */
export type OptionDescription = {
  purpose: string;
  short?: string;
  /** How its value is called in the help; absent: it takes none. */
  value?: string;
  /** The only values there are. */
  choices?: readonly string[];
  /** What a shell completes its value with, beside its choices. */
  completes?: 'file' | 'folder';
};

export type ActionDescription = {
  purpose: string;
  /** The words after it, such as `NAME` or `[ID]`. */
  words?: string;
};

/** Where a command stands in the help of all. */
export type CommandGroup = 'agents' | 'gateway' | 'configuration' | 'access' | 'tool';

/**
 * All that is told of a command anywhere: its help, completion in shells, documentation, and what it takes on its
 * command line. Nothing but data, so that looking at it costs nothing.
 */
export type CommandDescription = {
  name: string;
  group: CommandGroup;
  purpose: string;
  /** The words that may follow its name, of which one must be there, unless `words` says otherwise. */
  actions?: Readonly<Record<string, ActionDescription>>;
  /** What follows its name where there are no actions, such as `NEW-FILE`; where there are: what may stand in their place. */
  words?: string;
  options: Readonly<Record<string, OptionDescription>>;
  /** Whole calls, after `hotplex`, and what each is good for. */
  examples: readonly (readonly [call: string, purpose: string])[];
  /** What else one has to know, a line each. */
  notes?: readonly string[];
  /** Beside 0 for what went well, 1 for what did not, and 2 for a call that is none. */
  exitCodes?: Readonly<Record<number, string>>;
};

/** Does what the arguments say. Resolves with its exit code, or with undefined if it goes on by itself. Throws StartError. */
export type RunCommand = (args: readonly string[]) => Promise<number | undefined>;

/** A word after `hotplex`: what is told of it, and what it does, which is loaded when it is called. */
export type Command = { description: CommandDescription; load(): Promise<RunCommand> };

type ValueOf<O> = O extends { choices: readonly (infer C)[] }
  ? C
  : O extends { value: string }
    ? string
    : true;

/** What the options of a command were given, each only if it was there. */
export type OptionValues<D extends CommandDescription> = {
  [K in keyof D['options']]?: ValueOf<D['options'][K]>;
};
