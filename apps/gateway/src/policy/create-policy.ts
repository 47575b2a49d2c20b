import { withRules } from './operator-rules.ts';
import type { Policy, PolicyContext, ToolCall, Verdict } from './policy.ts';
import { decideCommand } from './shell/decide-command.ts';

export type PolicyOptions = {
  /** Judges a path that a file tool reads, writes or deletes. */
  decidePath: (call: Extract<ToolCall, { path: string }>, context: PolicyContext) => Verdict;
  /** Judges an address that a tool fetches. */
  decideUrl: (call: Extract<ToolCall, { kind: 'url' }>, context: PolicyContext) => Verdict;
  /** Monotonic clock, milliseconds. */
  now: () => number;
};

/** One policy for every kind of tool call; a tool that nobody knows is a question. */
export function createPolicy({ decidePath, decideUrl, now }: PolicyOptions): Policy {
  const judge = (call: ToolCall, context: PolicyContext): Verdict => {
    switch (call.kind) {
      case 'command':
        return decideCommand({ command: call.command, cwd: call.cwd, context, now });
      case 'url':
        return decideUrl(call, context);
      case 'other':
        return { decision: 'ask', rule: 'P7', reason: `nothing is known of the tool ${call.name}` };
      default:
        return decidePath(call, context);
    }
  };
  return {
    decide(call, context) {
      try {
        return withRules(judge(call, context), call, context);
      } catch {
        return { decision: 'ask', rule: 'P7', reason: 'the call could not be judged' };
      }
    },
  };
}
