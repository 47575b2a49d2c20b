'use client';
import type { PartNode } from '../lib/part-tree.ts';
import { MessagePart } from './message-part.tsx';
import { PartBoundary } from './part-boundary.tsx';

type Props = { nodes: PartNode[]; live: boolean };

/** Parts one below the other; one that cannot be drawn does not take the others with it. */
export function PartList({ nodes, live }: Props) {
  const last = nodes.length - 1;
  return nodes.map((node, index) => (
    <PartBoundary key={node.key}>
      <MessagePart node={node} live={live} last={index === last} />
    </PartBoundary>
  ));
}
