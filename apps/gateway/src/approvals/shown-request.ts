import { isDeepStrictEqual } from 'node:util';
import { redactSecrets } from '../ground/redact-secrets.ts';
import { type Asked, type AskedQuestion, commandOf } from './asked.ts';

/** What a request would do, or asks, without what looks like a secret. */
export type ShownRequest = {
  tool: string | undefined;
  command: string | undefined;
  cwd: string | undefined;
  /** Files and addresses that it would touch, resolved. */
  targets: readonly string[];
  questions: readonly AskedQuestion[];
};

/** A page with more than this is read by nobody; in characters. */
const longestCommand = 4_000;

/**
 * A request as it can be shown to whoever has its link. What is redacted goes by shapes, and the agent chooses those: so it
 * says, too, whether everything is shown. Nobody can say yes to what he does not see.
 */
export function toShown(asked: Asked): { shown: ShownRequest; isWhole: boolean } {
  const { tool_name: tool, policy, questions = [] } = asked;
  const whole = {
    tool,
    command: commandOf(asked),
    cwd: policy?.cwd,
    targets: policy?.targets ?? [],
    questions,
  };
  const shown = {
    tool: clean(tool),
    // Cut after it is clean: half a secret has no shape any more.
    command: cut(clean(whole.command)),
    cwd: clean(whole.cwd),
    targets: whole.targets.map(redactSecrets),
    questions: questions.map(toShownQuestion),
  };
  return { shown, isWhole: isDeepStrictEqual(shown, whole) };
}

/** A text without what looks like a secret, if there is one. */
export const clean = (text: string | undefined) => (text === undefined ? undefined : redactSecrets(text));

function toShownQuestion({ question, options, ...more }: AskedQuestion): AskedQuestion {
  return {
    ...{ ...more, question: redactSecrets(question) },
    options: options.map(({ label, ...about }) => ({
      label: redactSecrets(label),
      ...('description' in about && { description: clean(about.description) }),
    })),
  };
}

function cut(text: string | undefined): string | undefined {
  return text !== undefined && text.length > longestCommand ? `${text.slice(0, longestCommand)}…` : text;
}
