import { atMostAsk } from '../findings.ts';
import { type Call, noData } from '../shell.ts';

/** What happens inside another machine or container: judged, and never worse than a question. */
export function runInside(words: readonly string[], call: Call): void {
  if (words.length === 0) return;
  const shell = { ...call.shell, report: atMostAsk(call.shell.report) };
  shell.engine.runWords(words, shell, { stdin: noData, network: false });
}
