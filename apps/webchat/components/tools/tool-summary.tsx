'use client';
import {
  Bot,
  Brain,
  FilePen,
  FileSearch,
  FileText,
  FileX,
  FolderInput,
  Globe,
  ListTodo,
  type LucideIcon,
  Plug,
  SquareTerminal,
  Wrench,
} from 'lucide-react';
import { diffRows } from '../../lib/diff-rows.ts';
import { plainToolName } from '../../lib/plain-tool-name.ts';
import { useTexts } from '../../lib/texts/use-texts.ts';
import type { ToolView } from '../../lib/tool-view.ts';
import { EscapedText } from '../escaped-text.tsx';
import { ToolMark } from './tool-mark.tsx';

const icons: Record<ToolView['kind'], LucideIcon> = {
  read: FileText,
  edit: FilePen,
  delete: FileX,
  move: FolderInput,
  search: FileSearch,
  execute: SquareTerminal,
  think: Brain,
  fetch: Globe,
  mcp: Plug,
  agent: Bot,
  todo: ListTodo,
  other: Wrench,
};

/** The one line of a tool call: kind, what it is about, how it stands. */
export function ToolSummary({ view, steps }: { view: ToolView; steps: number }) {
  const texts = useTexts();
  const Icon = icons[view.kind];
  const label =
    view.kind === 'other' || view.kind === 'mcp' ? plainToolName(view.name) : texts.tools[view.kind];
  return (
    <span className="flex min-w-0 flex-1 items-center gap-2">
      <Icon aria-hidden className="size-4 shrink-0 text-muted-foreground" />
      <span className="shrink-0 font-medium">{label}</span>
      {view.title !== label && view.title !== view.name && (
        <span className="min-w-0 truncate font-mono text-[0.8rem] text-muted-foreground">
          <EscapedText text={view.title} />
        </span>
      )}
      <span className="ml-auto flex shrink-0 items-center gap-2 text-xs">
        <DiffCount view={view} />
        {steps > 0 && <span className="text-muted-foreground">{texts.tools.inside(steps)}</span>}
        <ToolMark status={view.status} />
      </span>
    </span>
  );
}

function DiffCount({ view }: { view: ToolView }) {
  const texts = useTexts();
  if (view.diffs.length === 0) return null;
  const counts = view.diffs.map((diff) => diffRows(diff.oldText, diff.newText));
  const added = counts.reduce((sum, count) => sum + count.added, 0);
  const removed = counts.reduce((sum, count) => sum + count.removed, 0);
  return (
    <span className="flex gap-1.5 tabular-nums">
      <span className="text-success">
        +{added}
        <span className="sr-only"> {texts.tools.added}</span>
      </span>
      <span className="text-destructive">
        −{removed}
        <span className="sr-only"> {texts.tools.removed}</span>
      </span>
    </span>
  );
}
