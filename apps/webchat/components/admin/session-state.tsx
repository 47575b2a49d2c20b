'use client';
import type { SessionReport } from '../../lib/admin/reports.ts';
import { useAdminTexts } from '../../lib/admin/texts/use-admin-texts.ts';
import { Badge, type BadgeTone } from './badge.tsx';

const tones: Record<SessionReport['state'], BadgeTone> = {
  created: 'plain',
  running: 'good',
  idle: 'plain',
  terminated: 'doubtful',
};

/** What a session does, in a word. */
export function SessionState({ state }: { state: SessionReport['state'] }) {
  const { states } = useAdminTexts().sessions;
  return <Badge tone={tones[state]}>{states[state]}</Badge>;
}
