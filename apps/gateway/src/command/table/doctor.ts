import type { CommandDescription } from '../command.ts';
import { configOption, jsonOption } from './shared-options.ts';

export const doctor = {
  name: 'doctor',
  group: 'configuration',
  purpose: 'what holds on this machine with this configuration, tried out and not assumed',
  options: { ...configOption, ...jsonOption },
  examples: [['doctor', 'after an installation, and after each change of the machine']],
  notes: [
    'isolation   a program in the walls of an agent tries to get at keys, files and processes that are not its own',
    'door        requests of foreign pages and to foreign host names are refused',
    'keys        none can be guessed, or read by other users',
    'database    it is whole, and this version’s',
    'agents      which are installed, and start within their walls',
    'room        how many agents the memory, the open files and the processes of this machine are enough for',
    '',
    'Nothing is changed, and nothing is left behind.',
    'With --json: {"ok", "checks": [{"check", "state": "ok" | "warning" | "failed", "message"}]}.',
  ],
  exitCodes: { 0: 'nothing failed; warnings are no failures', 1: 'something failed' },
} as const satisfies CommandDescription;
