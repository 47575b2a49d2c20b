import type { Verdict } from '../policy/policy.ts';
import { escapeUnseen } from './terminal/plain-text.ts';

/** A verdict for people: what, by which rule, why, and what it is about. */
export function showVerdict({ decision, rule, reason, command, targets = [] }: Verdict): string {
  const by = rule === 'none' ? '' : ` (${rule})`;
  const lines = [`${decision}${by}: ${reason}`];
  if (command !== undefined) lines.push(`  runs     ${command}`);
  for (const target of targets) lines.push(`  touches  ${target}`);
  return lines.map((line) => escapeUnseen(line)).join('\n');
}
