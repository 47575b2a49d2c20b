import { askedFor } from '../asked-for.ts';
import type { Script } from '../script.ts';
import type { Turn } from '../turn.ts';

const most = 1_000_000;
const pieceLength = 50;

const functionNamed = (name: string) => `/** Code keeps its lines, also while it is written. */
export function ${name}(name: string): string {
  return \`Hello, \${name}!\`;
}
`;

/** A text with these functions in its code. */
const textWith = (names: readonly string[]) => `## What streamed markdown looks like

Words arrive one by one: **bold**, *italic*, \`code\`, ~~gone~~ and a [link](https://example.com).

1. First, a numbered list
2. with a second point
   - and a nested one

\`\`\`ts
${names.map(functionNamed).join('')}\`\`\`

| tea | minutes | milk |
|---|---:|:---:|
| green | 2 | no |
| black | 4 | yes |

> A quotation, and after it a last line with 日本語, العربية and 🫖.
`;

export const markdown: Script = {
  keyword: 'markdown',
  shows:
    'streamed text with code, lists and a table; “markdown 50000 every 5” goes on over so many characters, with so many milliseconds between its pieces',
  async play(turn, rest) {
    const { count, pauseMs = 0 } = askedFor(rest);
    if (count === undefined) await turn.say(textWith(['greet']));
    else await pourLong(turn, Math.min(count, most), pauseMs);
  },
};

/** Chapters with more and more code, in pieces as some agents send them: they end anywhere. */
async function pourLong(turn: Turn, length: number, pauseMs: number): Promise<void> {
  const block = turn.openText();
  let said = 0;
  for (let chapter = 1; said < length; chapter += 1) {
    const names = Array.from({ length: chapter }, (_, index) => `greet${chapter}_${index + 1}`);
    const whole = `# Chapter ${chapter}\n\n${textWith(names)}\n`.slice(0, length - said);
    for (let start = 0; start < whole.length; start += pieceLength) {
      await turn.pause(pauseMs);
      await block.pour([whole.slice(start, start + pieceLength)]);
    }
    said += whole.length;
  }
}
