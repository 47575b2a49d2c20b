// pnpm bench:webchat [--runs N] [--messages N]
import { parseArgs } from 'node:util';
import { measureOpening } from './measure-opening.ts';
import { measureStreaming } from './measure-streaming.ts';
import { openBenchChat } from './open-bench-chat.ts';
import { summarise } from './summarise.ts';

const { values } = parseArgs({
  options: { runs: { type: 'string', default: '7' }, messages: { type: 'string', default: '10000' } },
});
const runs = Number(values.runs);
const messages = Number(values.messages);

await using chat = await openBenchChat({ turns: messages / 2, pace: 1 });
const rows = [
  ...summarise(await measureOpening(chat, runs), { mountedRows: 150, openMs: 500 }),
  ...summarise(await measureStreaming(chat, runs), { keyHandledP95Ms: 16, keyP95Ms: 16, layoutShift: 0.001 }),
];
console.log(`${messages} messages, ${runs} runs`);
console.table(Object.fromEntries(rows));
