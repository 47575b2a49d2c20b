import { isForeign, isOpen } from '../../place/wildcard.ts';
import { type Data, oneOf, type Shell, type Streams } from '../shell.ts';

/** Runs data as shell text: what was fetched or decoded is refused (N5), what nobody knows is a question (C5). */
export function interpret(texts: Data, shell: Shell, streams: Streams): Data {
  judgeCode(texts, shell);
  return oneOf(texts.flatMap((text) => shell.engine.runText(text, shell, streams)));
}

/** The judgement of data that some interpreter takes as code, without looking into it. */
export function judgeCode(texts: Data, shell: Shell): void {
  if (texts.some(isForeign))
    shell.report.add({ decision: 'deny', rule: 'N5', reason: 'it runs text that was fetched or decoded' });
  else if (texts.some(isOpen))
    shell.report.add({ decision: 'ask', rule: 'C5', reason: 'it runs text that is not known' });
}
