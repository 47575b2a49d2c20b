import type { Script } from '../script.ts';

const text = `A session as its states, and a formula of each kind.

\`\`\`mermaid
flowchart LR
  created --> idle
  idle -->|prompt| running
  running -->|done| idle
  running -->|asks| waiting
  waiting -->|answer| running
\`\`\`

Of $n$ prompts with \\(k\\) still waiting, the share that has run is

\\[ p = \\frac{n - k}{n} = 1 - \\frac{k}{n} \\]

and of that one nobody can draw a picture:

\`\`\`mermaid
flowchart LR
  created --> [
\`\`\`

A pot of tea costs $5, a cup $2.
`;

export const diagram: Script = {
  keyword: 'diagram',
  shows: 'diagrams and formulas',
  async play(turn) {
    await turn.say(text);
  },
};
