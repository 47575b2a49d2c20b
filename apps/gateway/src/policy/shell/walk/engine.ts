import { parse } from 'unbash';
import { wild } from '../../place/wildcard.ts';
import { runWords } from '../commands/run-words.ts';
import { type Data, type Engine, noData, unknownData } from '../shell.ts';
import { runScript } from './run-script.ts';

/** Texts within texts, and functions within functions. */
const deepest = 24;

/** The way back into the engine from wherever bash or a tool evaluates text (C3). */
export const engine: Engine = {
  runText(text, shell, streams) {
    if (shell.depth >= deepest) {
      shell.report.add({ decision: 'ask', rule: 'C1', reason: 'the command nests too deeply' });
      return unknownData;
    }
    shell.report.tick();
    return runScript(parse(asSource(text)), { ...shell, depth: shell.depth + 1 }, streams);
  },
  runWords(words, shell, streams): Data {
    if (shell.report.settled) return noData;
    return runWords(words, shell, streams);
  },
};

/** Globs that reach a shell as text are globs again there. */
const asSource = (text: string): string => text.replaceAll(wild.run, '*').replaceAll(wild.one, '?');
