import { agentNames, isHarmless, nestedAgentMarks } from './forbidden-variables.ts';

/** What a child may see without being asked for: enough to find programs, its home and its language. */
const allowedByDefault = ['PATH', 'HOME', 'USER', 'LANG', 'LC_*', 'TERM', 'TZ', 'TMPDIR', 'SHELL'];

export type ChildEnvironmentOptions = {
  /** The gateway's own environment. */
  inherited: Readonly<Record<string, string | undefined>>;
  /** More names that this agent is given; `PREFIX_*` stands for all that begin so. Settings of agents only in full. */
  allow?: readonly string[];
  /** What the adapter sets itself, in code; never from a client. May hold the agent's own marks. */
  extra?: Readonly<Record<string, string>>;
};

/** The whole environment of an agent, built from nothing: what is not named here does not exist for it (requirement E1). */
export function childEnvironment({ inherited, allow = [], extra = {} }: ChildEnvironmentOptions) {
  const environment: Record<string, string> = {};
  const names = [...allowedByDefault, ...allow];
  for (const [name, value] of Object.entries(inherited)) {
    if (value === undefined || nestedAgentMarks.some((mark) => mark.test(name))) continue;
    const named = names.some((pattern) => matches(name, pattern));
    if (named && isHarmless(name, value)) environment[name] = value;
  }
  for (const [name, value] of Object.entries(extra)) {
    if (isHarmless(name, value)) environment[name] = value;
  }
  return environment;
}

/** A lone `*` names nothing: letting everything through is not on offer. */
function matches(name: string, pattern: string): boolean {
  if (!pattern.endsWith('*')) return name === pattern;
  return pattern.length > 1 && name.startsWith(pattern.slice(0, -1)) && !agentNames.test(name);
}
