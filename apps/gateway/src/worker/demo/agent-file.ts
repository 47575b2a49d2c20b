import { ownProgram } from '../../ground/own-program.ts';

/** The agent's program. */
export const findAgentFile = (moduleUrl = import.meta.url): string => ownProgram('demo-agent', moduleUrl);
