import type { Function as ShellFunction } from 'unbash';
import { wild } from '../place/wildcard.ts';
import type { PolicyContext } from '../policy.ts';
import type { Report } from './findings.ts';
import type { ShellState } from './shell-state.ts';

/** What a stream or a file could hold: one text for each way it may have come about. */
export type Data = readonly string[];

export const noData: Data = [''];
export const unknownData: Data = [wild.text];
/** Fetched from the network, or decoded. */
export const foreignData: Data = [wild.foreign];

/** What a command reads, and whether the network is at one of its ends. */
export type Streams = { stdin: Data; network: boolean };

/** A shell in the middle of a script: what it knows, and the way back into the engine. */
export type Shell = {
  context: PolicyContext;
  report: Report;
  state: ShellState;
  engine: Engine;
  /** How many texts within texts. */
  depth: number;
  /** Functions and aliases that are running, the last one innermost. */
  calls: readonly Running[];
  /** What stands at the standard input here, for what is substituted. */
  input: Data;
  /** Functions that the script itself has called. */
  called: Set<string>;
  /** Runs beside something else: in a pipeline, in the background, in a substitution. */
  concurrent: boolean;
};

/** A function that is running; an alias has no body. */
export type Running = { name: string; body?: ShellFunction['body'] };

/** The recursive parts of the engine, so that every command can run what it is given. */
export type Engine = {
  /** Judges text that some bash would run; returns what it prints. */
  runText(text: string, shell: Shell, streams: Streams): Data;
  /** Judges one command by its words; returns what it prints. */
  runWords(words: readonly string[], shell: Shell, streams: Streams): Data;
};

/** One command with its words resolved. */
export type Call = {
  /** The last part of the command word: `rm` of `/bin/rm`. */
  name: string;
  args: readonly string[];
  shell: Shell;
  streams: Streams;
};

/** What a command does when it runs; returns what it prints. */
export type Command = (call: Call) => Data;

/** No more ways than this are followed apart; what is beyond is unknown. */
const mostWays = 48;

/** A longer text is not followed: doubling a variable often enough would fill the memory. */
const longest = 131_072;
const atMostLong = (text: string): string =>
  text.length <= longest ? text : text.includes(wild.foreign) ? wild.foreign : wild.text;

/** Different texts, a bounded number of them: past it the unknown stands in for the rest. */
export function oneOf(texts: Iterable<string>): Data {
  const different = [...new Set([...texts].map(atMostLong))];
  return different.length <= mostWays ? different : [...different.slice(0, mostWays), wild.text];
}

/** All ways to put one of each list after another; too many to follow are a question (C1). */
export function inOrder<T>(
  lists: readonly (readonly T[])[],
  join: (before: T, after: T) => T,
  { empty, report }: { empty: T; report: Report },
): readonly T[] {
  let ways: readonly T[] = [empty];
  for (const list of lists) {
    const next = ways.flatMap((before) => list.map((after) => join(before, after)));
    if (next.length > mostWays)
      report.add({ decision: 'ask', rule: 'C1', reason: 'the command can mean too many things' });
    ways = next.slice(0, mostWays);
  }
  return ways;
}

/** The words of several lists of words one after another, in every way they may come out. */
export function wordsInOrder(
  lists: readonly (readonly (readonly string[])[])[],
  report: Report,
): readonly (readonly string[])[] {
  // Most words come out in one way: those are put together at once.
  const merged: (readonly (readonly string[])[])[] = [];
  let plain: string[] = [];
  for (const list of lists) {
    const [only] = list;
    if (list.length === 1 && only) {
      for (const word of only) plain.push(word);
      continue;
    }
    merged.push([plain], list);
    plain = [];
  }
  return inOrder<readonly string[]>([...merged, [plain]], (before, after) => before.concat(after), {
    empty: [],
    report,
  });
}
