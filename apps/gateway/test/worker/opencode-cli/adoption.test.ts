import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, vi } from 'vitest';
import { createOpenCodeCli } from '../../../src/worker/opencode-cli/definition.ts';
import { adoptionContract, type RecordedStep } from '../../contracts/adoption-contract.ts';
import { readRecording, transcripts } from './replay.ts';

/** The played gateways die without an end of their workers, which would clear their folders away. */
const folder = mkdtempSync(join(tmpdir(), 'adoption-'));
beforeAll(() => void vi.stubEnv('TMPDIR', folder));
afterAll(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

/** Left out: a permission that is asked for, which ours never is, and a process that was ended from outside. */
const isOurs = (name: string) =>
  !name.endsWith('autoreject') && !readRecording(name).some(({ signalled }) => signalled);

/** A recording may hold several runs, one after the other; only the first is prompted here. */
function steps(name: string): RecordedStep[] {
  const prompt: RecordedStep = { at: 0, id: 'run', prompt: { inputId: 'input-1', content: 'a prompt' } };
  const { lines, code, stderr } = readRecording(name)[0] ?? { lines: [], code: 0, stderr: '' };
  return [
    prompt,
    ...lines.map(({ at, line }) => ({ at, line })),
    { at: (lines.at(-1)?.at ?? 0) + 1, end: { code: code ?? 0, stderr } },
  ];
}

adoptionContract({
  name: 'opencode_cli',
  recordings: transcripts.filter(isOurs),
  steps,
  start: ({ adopt, spawn, clock }, listener) =>
    createOpenCodeCli({ spawn, clock, environment: {}, command: process.execPath }).start(
      { workDir: import.meta.dirname, config: {}, adopt },
      listener,
    ),
  greet: () => [],
  idOf: () => undefined,
  isPrompt: (written) => written === 'a prompt',
});
