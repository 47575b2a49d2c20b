'use client';
import type { PartNode } from '../../lib/part-tree.ts';
import { useTexts } from '../../lib/texts/use-texts.ts';
import { toPlainText } from '../../lib/to-plain-text.ts';
import { todoEntries } from '../../lib/todo-entries.ts';
import type { ToolView } from '../../lib/tool-view.ts';
import { OpenFile } from '../files/open-file.tsx';
import { PartList } from '../part-list.tsx';
import { PlanEntries } from '../plan-entries.tsx';
import { DiffView } from './diff-view.tsx';
import { LongText } from './long-text.tsx';
import { Terminal } from './terminal.tsx';
import { ToolInput } from './tool-input.tsx';

type Props = { view: ToolView; nodes: PartNode[]; live: boolean };

/** What went into a tool and what came out, drawn after its kind. */
export function ToolBody({ view, nodes, live }: Props) {
  const texts = useTexts();
  const output = toPlainText(view.output);
  const failure = view.error === undefined ? null : <Failure text={view.error} />;

  switch (view.kind) {
    case 'execute':
      return (
        <div className="flex flex-col gap-2">
          <Terminal command={commandOf(view)} output={output} status={view.status} />
          {failure}
        </div>
      );
    case 'edit':
      if (view.diffs.length > 0) {
        return (
          <div className="flex flex-col gap-2">
            {view.diffs.map((diff) => (
              <DiffView key={diff.path} diff={diff} />
            ))}
            {failure}
          </div>
        );
      }
      break;
    case 'todo':
      return (
        <div className="flex flex-col gap-2">
          <PlanEntries entries={todoEntries(view.input)} />
          {failure}
        </div>
      );
    case 'agent':
      return (
        <div className="flex flex-col gap-2">
          {nodes.length > 0 && (
            <div className="ml-1.5 flex flex-col gap-2 border-l-2 pl-3">
              <PartList nodes={nodes} live={live} />
            </div>
          )}
          <LongText text={output} label={texts.tools.output} />
          {failure}
        </div>
      );
  }
  return (
    <div className="flex flex-col gap-2">
      {view.places.map(({ path, line }) => (
        <p key={`${path}:${line}`} className="flex min-w-0 text-xs">
          <OpenFile path={path} line={line} />
        </p>
      ))}
      <ToolInput input={view.input} title={view.title} />
      {output !== '' && <LongText text={output} label={texts.tools.output} />}
      {failure}
      {nodes.length > 0 && <PartList nodes={nodes} live={live} />}
    </div>
  );
}

function commandOf(view: ToolView): string {
  const { command } = view.input;
  if (typeof command === 'string') return command;
  return Array.isArray(command) ? command.join(' ') : view.title;
}

/** What a shared page has in the place of an error that its owner leaves out. */
const leftOut = '…';

function Failure({ text }: { text: string }) {
  const texts = useTexts();
  if (text === leftOut) return <p className="text-muted-foreground text-xs">{texts.tools.failureLeftOut}</p>;
  return (
    <pre className="max-h-64 overflow-auto whitespace-pre-wrap break-words rounded-md bg-destructive-surface p-2.5 font-mono text-destructive text-xs">
      {text}
    </pre>
  );
}
