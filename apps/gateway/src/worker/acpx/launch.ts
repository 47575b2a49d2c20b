import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { toAgentEnvironment } from '../acp-agents/environment.ts';
import type { AcpAgent } from '../acp-agents/known-agents.ts';
import { gateCommand, toGateVariables } from './with-gate.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** POSIX does not say where it is, but every system has it here. */
const env = '/usr/bin/env';

/**
 * The environment of acpx, which it hands on to the agent. NOTE: it keeps its state in `.acpx` of its home and nowhere
 * else, so it is given another home than the operator's; `toAgentCommand` gives the agent the operator's again.
 */
export function toEnvironment(
  agent: AcpAgent,
  { inherited, home, answers }: { inherited: Environment; home: string; answers: string },
) {
  const own = toAgentEnvironment(agent, inherited);
  const gate = toGateVariables({ answers, sessionMeta: agent.sessionMeta });
  return { ...own, ...agent.withGate?.(own, answers), ...gate, HOME: home };
}

/** What acpx is to run as the agent, behind our gate, instead of the package that it would download by itself. */
export function toAgentCommand(file: string, agent: AcpAgent, home: string | undefined): string {
  const atHome = home === undefined ? [env, '-u', 'HOME'] : [env, `HOME=${home}`];
  return [...atHome, ...gateCommand, file, ...agent.args].map(quote).join(' ');
}

/** What every command of acpx is given: JSON on stdout, and an agent that uses its own tools and not acpx's. */
export function toCommonArguments({ workDir, agentCommand }: { workDir: string; agentCommand: string }) {
  const common = ['--format=json', '--json-strict', '--no-fs', '--no-terminal'];
  return [...common, `--cwd=${workDir}`, `--agent=${agentCommand}`];
}

/** The file by which a work dir could give acpx commands to run. */
const projectFile = '.acpxrc.json';

/** Why acpx must not be started in this work dir, in a user's words; undefined if it may. */
export function refusalOf(workDir: string): string | undefined {
  const path = join(workDir, projectFile);
  return existsSync(path) ? `acpx would take commands to run from ${path}; remove it first` : undefined;
}

/** How acpx takes a command line apart: words in double quotes, with backslashes. */
const quote = (word: string) => `"${word.replaceAll(/[\\"]/g, '\\$&')}"`;
