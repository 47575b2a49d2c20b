import type { Script } from './script.ts';

/** Who is speaking, how to get a real agent, and what to try. */
export function toIntroduction(scripts: readonly Script[]): string {
  const rows = scripts.map(({ keyword, example, shows }) => `| ${toCode(example ?? keyword)} | ${shows} |`);
  return [
    '**This is a demo: no model is behind these words.** A small script that ships with the gateway answers you, so that you can see everything a session shows without any account or key. Its tools are made up: nothing on your machine is read, run or changed.',
    'To talk to a real agent, install Claude Code:',
    '```sh\nnpm install -g @anthropic-ai/claude-code\n```',
    'Then choose **Claude Code** in a new session.',
    'Here, try one of these prompts:',
    `| prompt | what you see |\n|---|---|\n${rows.join('\n')}`,
  ].join('\n\n');
}

/** NOTE: two backticks and spaces where the words have backticks themselves, as CommonMark wants it. */
function toCode(words: string): string {
  return words.includes('`') ? `\`\` ${words} \`\`` : `\`${words}\``;
}
