import type { ToolCall } from '../ground/tool-call.ts';

export type { ToolCall };

/** What may happen to a tool call; a later one is stricter. `allow` means "no objection", never "safe" (C8). */
export type Decision = 'allow' | 'ask' | 'deny';

/** The answer to a tool call: what may happen, by which rule, and what a person has to see resolved (P4). */
export type Verdict = {
  decision: Decision;
  /**
   * Stable id for audit and rules. Of commands: N1 to N10 are denials, C1, C5, C6, C7 and P7 reasons to ask. Of paths: F2
   * outside of the work dir, F3 no plain file, B5 a protected name. Of URLs: U1 text or name, U2 address, U3 what the name
   * resolves to. `operator:NAME` is a rule of the configuration. `none` is no objection.
   */
  rule: string;
  /** For people, one sentence without a full stop. */
  reason: string;
  /** The paths and addresses it would touch, resolved. */
  targets?: readonly string[];
  /** The command as it would run, quotes and variables resolved, invisible characters escaped. */
  command?: string;
};

/** Where a session may work: what is its own, and what is the gateway's. Directories are absolute. */
export type PolicyContext = {
  workDir: string;
  home: string;
  gatewayDirs: readonly string[];
  gatewayPorts: readonly number[];
  /** Of whoever runs the gateway. */
  rules?: readonly OperatorRule[];
};

/** Makes the policy stricter about one of: a command by its words, a path, a host, a tool that nobody knows. */
export type OperatorRule = {
  name: string;
  decision: 'ask' | 'deny';
  reason?: string | undefined;
  command?: string | undefined;
  path?: string | undefined;
  host?: string | undefined;
  tool?: string | undefined;
};

/**
 * One question, one answer, before a tool call of an agent runs. It is a seat belt: it judges the calls that an agent
 * routes to us, and sees into no script, other language or server; the isolation of the agent is the wall (C8).
 */
export interface Policy {
  /** Never throws: what goes wrong inside is a reason to ask (P7). */
  decide(call: ToolCall, context: PolicyContext): Verdict;
}

/**
 * Judges all that one tool call of an agent would do, for the session that it belongs to. Never throws: an agent that does
 * not say what it would do, a failure and a judgement that takes too long are reasons to ask (P7).
 */
export type Judge = (calls: readonly ToolCall[], workDir: string) => Verdict;
