import type { HereDoc, Redirect, Redirection } from 'unbash';
import { relate } from '../../place/relate.ts';
import { isKnown, isOpen } from '../../place/wildcard.ts';
import { checkAddress } from '../commands/check-address.ts';
import { expandFields, expandQuoted, expandText } from '../expand/expand-word.ts';
import { type Data, foreignData, noData, oneOf, type Shell, type Streams, unknownData } from '../shell.ts';
import { copyState } from '../shell-state.ts';
import { placesOf, touchPath } from '../touch-path.ts';
import { runScript } from './run-script.ts';

/** What a command reads and where its output goes after its redirections. */
export type Redirected = {
  streams: Streams;
  /** Files that get its standard output. */
  outputs: readonly { path: string; append: boolean }[];
};

/** Judges the files that a command reads and writes by redirection (C3: also their texts). */
export function applyRedirects(
  redirects: readonly Redirection[],
  shell: Shell,
  streams: Streams,
): Redirected {
  let { stdin, network } = streams;
  const outputs: { path: string; append: boolean }[] = [];
  for (const redirect of redirects) {
    const descriptor = redirect.descriptor?.type === 'FileDescriptor' ? redirect.descriptor.value : undefined;
    if (redirect.type === 'Redirect') {
      const end = openFile(redirect, shell);
      network ||= end.network;
      if (end.input && (descriptor ?? 0) === 0) stdin = end.input;
      if (end.input && descriptor !== undefined) shell.state.descriptors.set(descriptor, end.input);
      if ((descriptor ?? 1) === 1) outputs.push(...end.outputs);
      continue;
    }
    const text =
      redirect.type === 'HereString'
        ? lineOf(expandText(redirect.target, shell))
        : hereDocument(redirect, shell);
    if ((descriptor ?? 0) === 0) stdin = text;
    else if (descriptor !== undefined) shell.state.descriptors.set(descriptor, text);
  }
  return { streams: { stdin, network }, outputs };
}

/** Remembers what was printed into files; what goes on is what is left of the output. */
export function keepOutput({ outputs }: Redirected, output: Data, shell: Shell): Data {
  for (const { path, append } of outputs) writeFile(path, output, { shell, append });
  return outputs.length > 0 ? noData : output;
}

/** Remembers the content of a file that the same text writes. */
export function writeFile(
  path: string,
  data: Data,
  { shell, append }: { shell: Shell; append: boolean },
): void {
  for (const place of placesOf(path, shell)) {
    const sink = shell.state.sinks.get(place.path);
    if (sink) runScript(sink, { ...shell, state: copyState(shell.state) }, { stdin: data, network: false });
    const before = append ? shell.state.files.get(place.path) : undefined;
    shell.state.files.set(
      place.path,
      before ? oneOf([...before.flatMap((text) => data.map((more) => text + more))]) : data,
    );
  }
}

/** What is known of the content of a file: what the same text wrote there. */
export function readFile(path: string, shell: Shell): Data | undefined {
  const descriptor = /^\/(?:dev|proc\/self)\/fd\/(\d+)$/.exec(path)?.[1];
  const opened = descriptor === undefined ? undefined : shell.state.descriptors.get(Number(descriptor));
  if (opened) return opened;
  const found = placesOf(path, shell).flatMap((place) => {
    if (isKnown(place.path)) return [shell.state.files.get(place.path)];
    // A glob may mean any of the files that were written.
    const names = place.path.split('/');
    return [...shell.state.files].flatMap(([file, data]) =>
      isOpen(place.path) || relate(names, file.split('/')) !== 'at' ? [] : [data],
    );
  });
  return found.some((data) => data !== undefined)
    ? oneOf(found.flatMap((data) => data ?? unknownData))
    : undefined;
}

const lineOf = (data: Data): Data => data.map((text) => `${text}\n`);

function hereDocument(redirect: HereDoc, shell: Shell): Data {
  const { body, delimiter, operator } = redirect;
  const text = operator === '<<-' ? body.text.replace(/^\t+/gm, '') : body.text;
  if (delimiter?.quoted) return [text];
  return body.parts
    ? expandQuoted(body.parts, shell)
    : [text.replace(/\\([\\$`]|\n)/g, (_, one) => (one === '\n' ? '' : one))];
}

type OpenFile = { input?: Data; outputs: { path: string; append: boolean }[]; network: boolean };

function openFile(redirect: Redirect, shell: Shell): OpenFile {
  const end: OpenFile = { outputs: [], network: false };
  const { operator, target } = redirect;
  if (!target) return end;
  const paths = new Set(expandFields(target, shell).flat());
  for (const path of paths) {
    if (/^\d*-?$/.test(path) && operator.includes('&')) {
      duplicate(path, { end, operator, shell });
      continue;
    }
    if (placesOf(path, shell).some((place) => place.zone === 'network')) {
      openSocket(path, { end, shell, interactive: operator.startsWith('<') });
      continue;
    }
    if (operator !== '<' && operator !== '<&') {
      touchPath('write', path, shell);
      end.outputs.push({ path, append: operator.endsWith('>>') });
    }
    if (operator.startsWith('<')) {
      touchPath('read', path, shell);
      end.input = readFile(path, shell) ?? (isOwnInput(path) ? undefined : unknownData);
      if (end.input === undefined) delete end.input;
    }
  }
  return end;
}

const isOwnInput = (path: string): boolean => path === '/dev/stdin' || path === '/dev/fd/0';

type Opening = { end: OpenFile; shell: Shell };

function duplicate(path: string, { end, operator, shell }: Opening & { operator: string }): void {
  const known = shell.state.descriptors.get(Number.parseInt(path, 10));
  if (known === undefined) return;
  if (operator === '<&') end.input = known;
  if (known === foreignData) end.network = true;
}

function openSocket(path: string, { end, shell, interactive }: Opening & { interactive: boolean }): void {
  const [, , , host = '', port = ''] = path.split('/');
  shell.report.touch(`${host}:${port}`);
  checkAddress(`${host}:${port}`, shell);
  if (isOpen(path) || !isKnown(path))
    shell.report.add({ decision: 'ask', rule: 'C5', reason: 'it connects to an address that is not known' });
  if (!interactive) shell.report.add({ decision: 'ask', rule: 'C5', reason: 'it sends data to the network' });
  else shell.report.add({ decision: 'ask', rule: 'C5', reason: 'it opens a connection of its own' });
  end.network = true;
  end.input = foreignData;
}
