import type { Script } from '../script.ts';

const text = `## What streamed markdown looks like

Words arrive one by one: **bold**, *italic*, \`code\`, ~~gone~~ and a [link](https://example.com).

1. First, a numbered list
2. with a second point
   - and a nested one

\`\`\`ts
/** Code keeps its lines, also while it is written. */
export function greet(name: string): string {
  return \`Hello, \${name}!\`;
}
\`\`\`

| tea | minutes | milk |
|---|---:|:---:|
| green | 2 | no |
| black | 4 | yes |

> A quotation, and after it a last line with 日本語, العربية and 🫖.
`;

export const markdown: Script = {
  keyword: 'markdown',
  shows: 'streamed text with code, lists and a table',
  async play(turn) {
    await turn.say(text);
  },
};
