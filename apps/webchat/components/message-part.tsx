'use client';
import { isToolUIPart } from 'ai';
import { memo } from 'react';
import { isSameNode, type PartNode } from '../lib/part-tree.ts';
import { ElicitationCard } from './elicitation-card.tsx';
import { ErrorCard } from './error-card.tsx';
import { Markdown } from './markdown.tsx';
import { PermissionCard } from './permission-card.tsx';
import { PlanCard } from './plan-card.tsx';
import { QuestionCard } from './question-card.tsx';
import { RawPart } from './raw-part.tsx';
import { Reasoning } from './reasoning.tsx';
import { SteeringPrompt } from './steering-prompt.tsx';
import { StepLine } from './step-line.tsx';
import { ToolCard } from './tools/tool-card.tsx';
import { WorkerNotice } from './worker-notice.tsx';

type Props = { node: PartNode; live: boolean; last: boolean };

/** One part of a turn. Of a turn that goes on, only the parts that changed are drawn anew. */
export const MessagePart = memo(
  DrawnPart,
  (before, now) => before.live === now.live && before.last === now.last && isSameNode(before.node, now.node),
);

/** Draws a part by its type. Types this page does not know are left out. */
function DrawnPart({ node, live, last }: Props) {
  const { part } = node;
  if (isToolUIPart(part)) return <ToolCard node={node} live={live} />;
  switch (part.type) {
    case 'text':
      return <Markdown text={part.text} streaming={live && last} />;
    case 'reasoning':
      return <Reasoning text={part.text} streaming={live && last} />;
    case 'steering-message':
      return <SteeringPrompt parts={part.parts} />;
    case 'data-permission':
      return <PermissionCard request={part.data} />;
    case 'data-question':
      return <QuestionCard request={part.data} />;
    case 'data-elicitation':
      return <ElicitationCard request={part.data} />;
    case 'data-plan':
      return <PlanCard entries={part.data.entries} />;
    case 'data-step':
      return <StepLine step={part.data} live={live} />;
    case 'data-notice':
      return <WorkerNotice notice={part.data} />;
    case 'data-error':
      return <ErrorCard error={part.data} />;
    case 'data-raw':
      return <RawPart part={part.data} />;
    default:
      return null;
  }
}
