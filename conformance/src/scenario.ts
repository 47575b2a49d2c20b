import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as z from 'zod';
import { clientOptions, programStep } from './program-step.ts';
import { resultOfClient } from './result.ts';
import { wireStep } from './wire-step.ts';

/** A story on the wire: what goes over it, what a program with an SDK does meanwhile, and what the program shall see. */
const scenarioFile = z.strictObject({
  about: z.string(),
  rules: z.array(z.string().regex(/^[A-Z]\d+$/)).min(1),
  /** Whom it can be played against. What a well-behaved peer never does cannot be had from it. */
  plays: z.array(z.enum(['client', 'gateway'])).min(1),
  wire: z.array(wireStep),
  clients: z.record(z.string(), clientOptions).optional(),
  program: z.array(programStep).optional(),
  /** What each client saw; the digest of a runner is the SHA-256 of this. */
  expect: z
    .strictObject({ outcomes: z.array(z.string()), clients: z.record(z.string(), resultOfClient) })
    .optional(),
});

/** A scenario by its file's name, with its rules as titles of tests have them: `[R1] [R3]`. */
export type Scenario = z.infer<typeof scenarioFile> & { name: string; numbers: string };

const folder = fileURLToPath(new URL('../scenarios/', import.meta.url));

/** Reads every scenario, by name. Throws with the file and the field when one is not well formed. */
export function loadScenarios(directory = folder): Scenario[] {
  return readdirSync(directory)
    .filter((file) => file.endsWith('.json'))
    .sort()
    .map((file) => {
      const parsed = scenarioFile.safeParse(JSON.parse(readFileSync(join(directory, file), 'utf8')));
      if (!parsed.success) throw new Error(`${file}: ${z.prettifyError(parsed.error)}`);
      const numbers = parsed.data.rules.map((rule) => `[${rule}]`).join(' ');
      return { name: basename(file, '.json'), numbers, ...parsed.data };
    });
}
