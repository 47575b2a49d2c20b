import { findGateFile } from '../gate/gate-file.ts';

/** What the gate between acpx and an agent needs to know. */
export type GateSetup = {
  /** The folder with the gateway's answers. */
  answers: string;
  sessionMeta?: Readonly<Record<string, unknown>> | undefined;
};

const [nodeVariable, fileVariable, setupVariable] = ['ACPX_GATE_NODE', 'ACPX_GATE_FILE', 'ACPX_GATE_SETUP'];

const gateFile = () => findGateFile('./acpx-gate.mjs', import.meta.url);

/**
 * Runs the gate, with the agent's command line behind it. NOTE: acpx knows a session by the agent's command line, which
 * must not change with the place of Node or of the gateway, nor from session to session.
 */
export const gateCommand: readonly string[] = [
  ...['/bin/sh', '-c', `exec "$${nodeVariable}" "$${fileVariable}" "$@"`, 'gate'],
];

/** The variables by which the gate is found and knows what to do. */
export function toGateVariables(setup: GateSetup): Record<string, string> {
  return {
    [nodeVariable]: process.execPath,
    [fileVariable]: gateFile(),
    [setupVariable]: JSON.stringify(setup),
  };
}

/** Takes the variables away, so that the agent and what it runs do not inherit them. */
export function takeSetup(environment: NodeJS.ProcessEnv): GateSetup {
  const setup = JSON.parse(environment[setupVariable] ?? '') as GateSetup;
  for (const name of [nodeVariable, fileVariable, setupVariable]) delete environment[name];
  return setup;
}
