import { createInterface } from 'node:readline/promises';
import type { Dialogue } from './dialogue.ts';

type Streams = { input: NodeJS.ReadStream; output: NodeJS.WriteStream };

/** Asks in plain lines: each answer ends with Enter. For terminals that can nothing else, and for single questions. */
export function lineDialogue({ input, output }: Streams): Dialogue {
  const say = (lines: string) => void output.write(`${lines}\n`);
  const ask = async (question: string, signal: AbortSignal) => {
    const lines = createInterface({ input, output });
    // Ctrl+C is for whoever asks, as if nothing were read.
    lines.on('SIGINT', () => process.kill(process.pid, 'SIGINT'));
    try {
      return await lines.question(question, { signal });
    } finally {
      lines.close();
    }
  };
  return {
    say,
    ask,
    async choose(question, keys, signal) {
      for (;;) {
        const key = (await ask(question, signal)).trim().toLowerCase();
        if (keys.includes(key)) return key;
        say(`  Write one of ${keys.join(', ')}, then Enter.`);
      }
    },
  };
}
