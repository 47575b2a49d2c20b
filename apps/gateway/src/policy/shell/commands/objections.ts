import type { Call } from '../shell.ts';

/** Says that a person has to look at a call. */
export const ask = ({ shell }: Pick<Call, 'shell'>, rule: string, reason: string): void =>
  shell.report.add({ decision: 'ask', rule, reason });

/** Says that a call may not happen at all. */
export const deny = ({ shell }: Pick<Call, 'shell'>, rule: string, reason: string): void =>
  shell.report.add({ decision: 'deny', rule, reason });

/** Whether a call only asks a program who it is. */
export const isAboutItself = ({ args }: Pick<Call, 'args'>): boolean =>
  args.length === 1 && /^(?:--version|--help|-V|-v|--v|-h|-\?|version|help)$/.test(args[0] ?? '');
