import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { endsWithUs } from '../../apps/gateway/test/support/ends-with-us.ts';
import { main } from './run-cli.ts';

const program = fileURLToPath(new URL('terminal.py', import.meta.url));

/** Whether this machine has what makes a terminal without a screen. */
export const canOpenTerminal =
  spawnSync('python3', ['-c', 'import pty, sys; sys.exit(sys.version_info < (3, 9))']).status === 0;

/** Somebody at a terminal, in which a command runs. */
export function openTerminal(args: readonly string[], { cwd, env }: { cwd: string; env: NodeJS.ProcessEnv }) {
  const child = spawn('python3', [program, process.execPath, main, ...args], {
    ...{ cwd, env: { PATH: process.env.PATH, TERM: 'xterm-256color', ...env } },
    stdio: 'pipe',
  });
  endsWithUs(child);
  let shown = '';
  let seen = 0;
  const changed = new Set<() => void>();
  const wake = () => {
    for (const look of changed) look();
  };
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    shown += text;
    wake();
  });
  const ended = once(child, 'close').then(([code]) => {
    wake();
    return code as number;
  });
  return {
    /** All that was ever on the screen, with what moves its cursor. */
    get shown() {
      return shown;
    },
    type: (keys: string) => void child.stdin.write(`${JSON.stringify(keys)}\n`),
    /** Waits until this is shown, after what was waited for before. Rejects, with the screen, if the command ends first. */
    async see(words: string): Promise<void> {
      const patience = AbortSignal.timeout(20_000);
      patience.addEventListener('abort', wake);
      for (;;) {
        const at = shown.indexOf(words, seen);
        if (at >= 0) {
          seen = at + words.length;
          return;
        }
        if (patience.aborted || child.exitCode !== null)
          throw new Error(`never seen: ${words}\n${shown.slice(seen)}`);
        const { promise, resolve } = Promise.withResolvers<void>();
        changed.add(resolve);
        await promise;
        changed.delete(resolve);
      }
    },
    /** Its exit code. */
    ended,
    async [Symbol.asyncDispose]() {
      child.stdin.end();
      child.kill();
      await ended;
    },
  };
}
