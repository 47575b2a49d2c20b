'use client';
import { useState } from 'react';
import type { PartNode } from '../../lib/part-tree.ts';
import { type ToolView, toToolView } from '../../lib/tool-view.ts';
import { Disclosure } from '../ui/disclosure.tsx';
import { ToolBody } from './tool-body.tsx';
import { ToolSummary } from './tool-summary.tsx';

type Props = { node: PartNode; live: boolean };

/** A tool call: what it is in one line, and what went in and came out when opened. */
export function ToolCard({ node, live }: Props) {
  const view = toToolView(node.part);
  const [choice, setChoice] = useState<boolean>();
  if (!view) return null;
  const shown = live ? view : withoutLife(view);
  return (
    <Disclosure
      testId="tool"
      open={choice ?? isInteresting(shown)}
      onOpenChange={setChoice}
      className="overflow-hidden rounded-lg border bg-card px-3 py-2 text-sm"
      summary={<ToolSummary view={shown} steps={node.children.length} />}
    >
      <div className="mt-2 min-w-0">
        <ToolBody view={shown} nodes={node.children} live={live} />
      </div>
    </Disclosure>
  );
}

/** Open by itself: changes to files, commands, lists of things to do, and whatever failed. What waits for permission is shown by its card. */
function isInteresting(view: ToolView): boolean {
  if (view.status === 'failed') return true;
  if (view.status === 'denied' || view.status === 'waiting') return false;
  return view.kind === 'edit' || view.kind === 'execute' || view.kind === 'todo';
}

/** A call that had no result when its turn ended will never have one; nobody knows that it failed. */
function withoutLife(view: ToolView): ToolView {
  const unfinished = view.status === 'running' || view.status === 'pending' || view.status === 'waiting';
  return unfinished ? { ...view, status: view.output === undefined ? 'stopped' : 'done' } : view;
}
