import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import type { ProcessHandle } from '../../process/child-process.ts';

const serverAddress = z.object({
  port: z.int().positive(),
  password: z.string().min(1),
  /** The folder in which its gate looks for answers. */
  answers: z.string().min(1),
});

/** Where a server listens on loopback, what opens it, and where it finds what it is answered. */
export type ServerAddress = z.infer<typeof serverAddress>;

/**
 * Writes down for the next gateway how to reach a server. It lies in the private folder of the process, not in what the
 * sessions remember: there it goes with the process, and into no copy of the database. False if it cannot be written:
 * then the server ends with this gateway.
 */
export function noteAddress({ folder }: ProcessHandle, address: ServerAddress): boolean {
  try {
    writeFileSync(fileOf(folder), JSON.stringify(address), { mode: 0o600 });
    return true;
  } catch {
    return false;
  }
}

/** Undefined if it is gone or makes no sense. */
export function readAddress({ folder }: ProcessHandle): ServerAddress | undefined {
  try {
    return serverAddress.parse(JSON.parse(readFileSync(fileOf(folder), 'utf8')));
  } catch {
    return undefined;
  }
}

function fileOf(folder: string): string {
  return join(folder, 'address.json');
}
