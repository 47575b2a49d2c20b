import type * as z from 'zod/v4/core';

/** One thing wrong with a frame: where, and what was expected. */
export type FieldProblem = { field: string; problem: string };

/** Names every wrong field of a failed parse, in words that do not depend on a locale being loaded. */
export function fieldProblems(issues: readonly z.$ZodIssue[], prefix: string): FieldProblem[] {
  return issues.map((issue) => ({
    field: [prefix, ...issue.path.map(String)].filter(Boolean).join('.'),
    problem: describe(issue),
  }));
}

function describe(issue: z.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined ? `is required (${issue.expected})` : `must be ${issue.expected}`;
    case 'invalid_value':
      return `must be one of ${issue.values.map((value) => JSON.stringify(value)).join(', ')}`;
    case 'too_small':
      return `must be at least ${issue.minimum}${issue.origin === 'string' ? ' characters' : ''}`;
    case 'too_big':
      return `must be at most ${issue.maximum}${issue.origin === 'string' ? ' characters' : ''}`;
    case 'invalid_format':
      return 'has characters that are not allowed';
    case 'invalid_union':
      return 'has none of the allowed shapes';
    default:
      return 'is not valid';
  }
}
