import { closeSync, openSync, writeFileSync } from 'node:fs';
import type { ProcessFolder } from '../process-folder.ts';
import { makeFifo } from './system-tool.ts';

/** The child's own ends of its spool, to be handed to it as stdin, stdout and stderr and then closed here. */
export type SpoolFiles = { folder: ProcessFolder; stdio: [number, number, number]; close(): void };

/**
 * Makes input and output of a process that is to outlive the gateway. Throws if the system cannot.
 * With its whole `input` the process reads a file to its end.
 * NOTE: whoever holds a FIFO for reading and writing never sees its end, so the child does not notice when we are gone.
 */
export function makeSpoolFiles(folder: ProcessFolder, input?: string): SpoolFiles {
  const stdin = input === undefined ? openFifo(folder) : openInput(folder, input);
  const stdout = openSync(folder.stdout, 'a', 0o600);
  const stderr = openSync(folder.stderr, 'a', 0o600);
  const stdio: SpoolFiles['stdio'] = [stdin, stdout, stderr];
  return { folder, stdio, close: () => stdio.forEach((fd) => void closeSync(fd)) };
}

function openFifo({ stdin, unsent }: ProcessFolder): number {
  makeFifo(stdin);
  writeFileSync(unsent, '0', { mode: 0o600 });
  return openSync(stdin, 'r+');
}

function openInput({ stdin }: ProcessFolder, input: string): number {
  writeFileSync(stdin, input, { mode: 0o600 });
  return openSync(stdin, 'r');
}
