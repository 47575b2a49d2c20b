import type { Verdict } from '../policy/policy.ts';

/** A verdict for people: what, by which rule, why, and what it is about. */
export function showVerdict({ decision, rule, reason, command, targets = [] }: Verdict): string {
  const by = rule === 'none' ? '' : ` (${rule})`;
  const lines = [`${decision}${by}: ${reason}`];
  if (command !== undefined) lines.push(`  runs     ${command}`);
  for (const target of targets) lines.push(`  touches  ${target}`);
  return lines.map(escapeUnseen).join('\n');
}

/** What a terminal would obey or not show, written out (C7). */
const escapeUnseen = (text: string): string =>
  text.replace(/[\p{Cc}\p{Cf}\p{Co}\p{Zl}\p{Zp}]/gu, (char) => `\\u{${char.codePointAt(0)?.toString(16)}}`);
