import { isAbsolute, relative } from 'node:path';
import { meets } from './place/wildcard.ts';
import type { Decision, OperatorRule, PolicyContext, ToolCall, Verdict } from './policy.ts';

const order: readonly Decision[] = ['allow', 'ask', 'deny'];

/** The strictest rule about one command with its words resolved: its program, and the rule's other words after it in order. */
export function ruleOfWords(
  words: readonly string[],
  rules: readonly OperatorRule[] = [],
): Verdict | undefined {
  return strictest(
    rules.filter(({ command }) => command !== undefined && isMeant(words, command.split(/\s+/))),
  );
}

function isMeant(
  [program = '', ...args]: readonly string[],
  [named = '', ...wanted]: readonly string[],
): boolean {
  if (!meets(program.split('/').at(-1) ?? '', named)) return false;
  let found = 0;
  for (const arg of args) if (found < wanted.length && meets(arg, wanted[found] ?? '')) found += 1;
  return found === wanted.length;
}

/**
 * The verdict with the rules about paths and addresses: about all that the call would touch, also by a command. A rule
 * makes it stricter and never weaker.
 */
export function withRules(verdict: Verdict, call: ToolCall, { rules = [], workDir }: PolicyContext): Verdict {
  const targets = verdict.targets ?? [];
  const met = rules.filter(
    ({ path, host, tool }) =>
      (path !== undefined &&
        targets.some((target) => isAbsolute(target) && isBelow(target, path, workDir))) ||
      (host !== undefined && targets.some((target) => isAt(target, host))) ||
      (tool !== undefined && call.kind === 'other' && meets(call.name, tool)),
  );
  const rule = strictest(met);
  return rule && order.indexOf(rule.decision) > order.indexOf(verdict.decision)
    ? { ...verdict, ...rule }
    : verdict;
}

/** A path of a rule is absolute or below the work dir, and is meant with all that is below it. */
function isBelow(target: string, path: string, workDir: string): boolean {
  const name = isAbsolute(path) ? target : relative(workDir, target);
  return meets(name, path) || meets(name, `${path}/*`);
}

function isAt(target: string, host: string): boolean {
  const { hostname } = URL.parse(target) ?? {};
  return hostname !== undefined && meets(hostname, host);
}

function strictest(met: readonly OperatorRule[]): Verdict | undefined {
  const [rule] = [...met].sort((a, b) => order.indexOf(b.decision) - order.indexOf(a.decision));
  if (!rule) return undefined;
  const { decision, name, reason = 'whoever runs this gateway wants it so' } = rule;
  return { decision, rule: `operator:${name}`, reason };
}
