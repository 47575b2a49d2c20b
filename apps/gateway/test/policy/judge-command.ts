import type { PolicyContext, Verdict } from '../../src/policy/policy.ts';
import { decideCommand } from '../../src/policy/shell/decide-command.ts';

/** The session that the cases are written for. */
export const context: PolicyContext = {
  workDir: '/home/agent/proj',
  home: '/home/agent',
  gatewayDirs: ['/var/lib/hotplex', '/etc/hotplex'],
  gatewayPorts: [8888, 9999],
};

/** The policy's answer; time stands still, so that a slow machine changes no verdict. */
export const judgeCommand = (command: string, cwd = context.workDir): Verdict =>
  decideCommand({ command, cwd, context, now: () => 0 });
