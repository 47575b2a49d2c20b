import { type IsolationLevel, isolationLevels } from '@hotplex/aep-protocol';
import { type SpareOptions, withSpares } from './with-spares.ts';
import type { IsolationChoice, StartWorker, WorkerDefinition } from './worker.ts';

type LevelsOptions = {
  /** What its sessions get unless they choose more. */
  least: IsolationLevel;
  /** What they may choose, and why not the rest. */
  choices: readonly IsolationChoice[];
  /** The agent at one level; asked for once for each that a session needs. */
  create(level: IsolationLevel): WorkerDefinition;
  spares: SpareOptions;
};

/** One worker type at all the levels that its sessions may choose. Its spare agents are counted together. */
export function withLevels({ least, choices, create, spares }: LevelsOptions): WorkerDefinition {
  const levelOf = (chosen = least) =>
    isolationLevels.indexOf(chosen) < isolationLevels.indexOf(least) ? least : chosen;
  const made = new Map<IsolationLevel, WorkerDefinition>();
  const at = remember(made, create);
  const startAtLevel: StartWorker = (options, listener) =>
    at(levelOf(options.config.isolation)).start(options, listener);
  // An agent with a process for each turn has nothing to start beforehand.
  const size = at(least).capabilities.process === 'per_turn' ? 0 : spares.size;
  const { start, close: closeSpares } = withSpares(startAtLevel, { ...spares, size });
  const close = async () => {
    await closeSpares();
    await Promise.all([...made.values()].map((definition) => definition.close?.()));
  };
  const shown = remember(new Map<IsolationLevel, WorkerDefinition>(), (level) => ({
    ...at(level),
    ...{ isolation: level, isolations: choices, within, start, close },
  }));
  function within(chosen?: IsolationLevel): WorkerDefinition {
    return shown(levelOf(chosen));
  }
  return within();
}

function remember(
  made: Map<IsolationLevel, WorkerDefinition>,
  create: LevelsOptions['create'],
): LevelsOptions['create'] {
  return (level) => {
    const definition = made.get(level) ?? create(level);
    made.set(level, definition);
    return definition;
  };
}
