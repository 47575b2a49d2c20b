// pnpm bench:webchat [--runs N] [--messages N] [--json FILE] [--markdown FILE]
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { sum } from '../../apps/gateway/src/ground/sum.ts';
import { firstScripts, sentBytes } from '../browser/first-scripts.ts';
import { measureOpening } from './measure-opening.ts';
import { measureReading, readingBars } from './measure-reading.ts';
import { measureTyping, typingBars } from './measure-typing.ts';
import { openBenchChat } from './open-bench-chat.ts';
import { summarise } from './summarise.ts';
import { toMarkdown } from './to-markdown.ts';

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '7' },
    messages: { type: 'string', default: '10000' },
    json: { type: 'string' },
    markdown: { type: 'string' },
  },
});
const runs = Number(values.runs);
const messages = Number(values.messages);

await using chat = await openBenchChat({ turns: messages / 2, pace: 1 });
const firstLoad = sum(firstScripts.map(sentBytes)) / 1_000;
const rows = [
  ...summarise(await measureOpening(chat, runs), { 'messages drawn': 150, 'open, ms': 500 }),
  ...summarise(await measureReading(chat, runs), readingBars),
  // Last, for it leaves long answers at the end of the session.
  ...summarise(await measureTyping(chat, runs), typingBars),
  ...summarise([{ 'code before the page comes alive, kB gzipped': firstLoad }], {
    'code before the page comes alive, kB gzipped': 250,
  }),
];
console.log(`${messages} messages, ${runs} runs`);
console.table(Object.fromEntries(rows));
if (values.json !== undefined) {
  const written = { messages, runs, figures: Object.fromEntries(rows) };
  writeFileSync(values.json, `${JSON.stringify(written, null, 2)}\n`);
}
if (values.markdown !== undefined) writeFileSync(values.markdown, toMarkdown(rows));
