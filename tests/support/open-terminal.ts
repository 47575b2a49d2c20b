import { spawn } from 'node:child_process';
import { once } from 'node:events';
import xterm from '@xterm/headless';

const size = { cols: 110, rows: 36 };

type Program = { command: readonly string[]; cwd: string; env: Record<string, string> };

/** A program on a terminal, as a person at the keyboard has it. */
export type OpenTerminal = AsyncDisposable & {
  /** What stands on the screen. */
  screen(): string;
  /** Presses keys. */
  type(keys: string): void;
};

/** Starts it on a pseudo-terminal of util-linux; what it draws is read by the emulator of VS Code. */
export function openTerminal({ command, cwd, env }: Program): OpenTerminal {
  const terminal = new xterm.Terminal({ ...size, allowProposedApi: true });
  const quoted = command.map((word) => `'${word.replaceAll("'", "'\\''")}'`).join(' ');
  const line = `stty rows ${size.rows} cols ${size.cols}; exec ${quoted}`;
  const child = spawn('script', ['--quiet', '--flush', '--command', line, '/dev/null'], {
    ...{ cwd, env: { ...env, TERM: 'xterm-256color', SHELL: '/bin/sh' } },
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  child.stdin.on('error', () => {});
  child.stdout.on('data', (chunk: Buffer) => terminal.write(chunk));
  // What the program asks of the terminal is answered as by a real one.
  terminal.onData((answer) => child.stdin.write(answer));
  return {
    screen() {
      const { active } = terminal.buffer;
      const rows = Array.from({ length: size.rows }, (_, row) => active.getLine(active.viewportY + row));
      return rows.map((row) => row?.translateToString(true) ?? '').join('\n');
    },
    type: (keys) => void child.stdin.write(keys),
    async [Symbol.asyncDispose]() {
      const exited = once(child, 'exit');
      child.kill('SIGTERM');
      await exited;
      terminal.dispose();
    },
  };
}
