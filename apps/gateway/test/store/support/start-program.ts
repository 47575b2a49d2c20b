import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import { endsWithUs } from '../../support/ends-with-us.ts';

/** One of the programs of this folder, running. */
export type Program = {
  /** The next line it prints; `undefined` once it has ended. */
  nextLine(): Promise<string | undefined>;
  /** Kills it with SIGKILL; resolves with the lines nobody has read, when all of its pipes are empty. */
  kill(): Promise<string[]>;
};

export function startProgram(name: string, ...args: string[]): Program {
  const file = fileURLToPath(new URL(`../programs/${name}.ts`, import.meta.url));
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', file, ...args], {
    stdio: 'pipe',
  });
  endsWithUs(child);
  const lines: string[] = [];
  const waiting: ((line: string | undefined) => void)[] = [];
  let rest = '';
  let ended = false;
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    const parts = `${rest}${text}`.split('\n');
    rest = parts.pop() ?? '';
    for (const line of parts) {
      const reader = waiting.shift();
      if (reader) reader(line);
      else lines.push(line);
    }
  });
  const closed = new Promise<void>((resolve) => {
    child.on('close', () => {
      ended = true;
      for (const reader of waiting.splice(0)) reader(undefined);
      resolve();
    });
  });
  const kill = async () => {
    child.kill('SIGKILL');
    await closed;
    return lines.splice(0);
  };
  onTestFinished(async () => void (await kill()));
  return {
    nextLine: () =>
      lines.length > 0 || ended
        ? Promise.resolve(lines.shift())
        : new Promise((resolve) => waiting.push(resolve)),
    kill,
  };
}
