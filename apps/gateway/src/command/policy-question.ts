import * as z from 'zod';
import type { ToolCall } from '../policy/policy.ts';

/** What a file tool does. */
const fileAction = z.enum(['read', 'write', 'delete']);

const kinds = ['cmd', 'url', 'path'] as const;

/** One question to the policy, as a line of JSON: one of its kinds, and where the agent is. */
const question = z
  .looseObject({
    cmd: z.string().optional(),
    url: z.string().optional(),
    path: z.string().optional(),
    op: fileAction.optional(),
    cwd: z.string().min(1).optional(),
  })
  .refine((asked) => kinds.filter((kind) => asked[kind] !== undefined).length === 1, {
    error: `exactly one of ${kinds.join(', ')} must be there`,
  });
export type Question = z.infer<typeof question>;

/** Reads a line. Throws SyntaxError or ZodError. */
export const parseQuestion = (line: string): Question => question.parse(JSON.parse(line));

/** The tool call that is asked about. A path without `op` is one to be written, which is judged most strictly. */
export function toCall({ cmd, url, path, op = 'write' }: Question, cwd: string): ToolCall {
  if (cmd !== undefined) return { kind: 'command', command: cmd, cwd };
  if (url !== undefined) return { kind: 'url', url };
  return { kind: op, path: path ?? '', cwd };
}
