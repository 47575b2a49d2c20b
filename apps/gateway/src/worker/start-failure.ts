import { toGatewayError } from '../ground/gateway-error.ts';

/** Why an agent is not started, and, for clients that say it in their own words, what is the matter. */
export type StartFailure = { message: string; details?: Record<string, unknown> };

/** Its program is not on this machine, or no longer. */
export function missingAgent(title: string, reason: string, install: string): StartFailure {
  return {
    message: `${title} is not available: ${reason}; ${install}`,
    details: { field: 'worker_type', problem: 'not_installed', agent: title, install },
  };
}

/** What was thrown before anything was started. */
export function toStartFailure(error: unknown): StartFailure {
  const { message, details } = toGatewayError(error);
  return { message, ...(details && { details }) };
}
