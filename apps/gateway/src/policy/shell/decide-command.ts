import { parse } from 'unbash';
import type { PolicyContext, Verdict } from '../policy.ts';
import { runUncalled } from './commands/call-defined.ts';
import { Findings, OutOfTime } from './findings.ts';
import { screenText, visibleText } from './screen-text.ts';
import { type Shell, unknownData } from './shell.ts';
import { startState } from './shell-state.ts';
import { engine } from './walk/engine.ts';
import { runScript } from './walk/run-script.ts';

/** A judgement may take so much of a processor, milliseconds; P7 makes a question of what takes 250. */
const patience = 200;
const longest = 65_536;

export type CommandOptions = {
  command: string;
  cwd: string;
  context: PolicyContext;
  /** Milliseconds of the processor, or of a clock. */
  now: () => number;
};

/**
 * What a shell command may do: the strictest finding over every command that its text can run (C). Reads nothing from the
 * disk and runs nothing. Never throws: what goes wrong is a question, and lowers nothing that was found before (P7).
 */
export function decideCommand({ command, cwd, context, now }: CommandOptions): Verdict {
  const findings = new Findings(now, now() + patience);
  screenText(command, findings);
  if (command.length > longest)
    findings.add({ decision: 'ask', rule: 'C1', reason: 'the command is too long to be read' });
  const state = startState(cwd, context);
  const shell: Shell = {
    context,
    report: findings,
    state,
    engine,
    depth: 0,
    calls: [],
    input: unknownData,
    called: new Set(),
    concurrent: false,
  };
  try {
    // The marks of the engine are characters without a meaning: in a command they are nothing.
    runScript(parse(command.replace(/[\uE000-\uF8FF]/g, '\uFFFD')), shell, {
      stdin: unknownData,
      network: false,
    });
    runUncalled(shell);
  } catch (error) {
    const reason = error instanceof OutOfTime ? error.message : 'the command could not be judged';
    findings.add({ decision: 'ask', rule: 'P7', reason });
  }
  return { ...findings.verdict(), command: visibleText(command) };
}
