import { findProgram } from '../../ground/find-program.ts';

/** The agent's program. */
export const findAgentFile = (moduleUrl = import.meta.url): string => findProgram('demo-agent', moduleUrl);
