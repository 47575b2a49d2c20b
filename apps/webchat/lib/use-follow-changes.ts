'use client';
import type { AepUIMessage } from '@hotplex/ai-sdk-transport';
import { useEffect } from 'react';
import { useChanges } from '../components/changes/changes-context.tsx';

/** Tools may end one after the other: so long after the last one it is looked what they changed (milliseconds). */
const pauseMs = 300;

/** Looks anew whenever a turn has ended and, while the panel is open, whenever a tool has. */
export function useFollowChanges(messages: readonly AepUIMessage[], running: boolean): void {
  const changes = useChanges();
  const refresh = changes?.refresh;
  const isOpen = changes?.isOpen ?? false;
  const ended = isOpen ? endedTools(messages.at(-1)) : 0;
  useEffect(() => {
    const timer = setTimeout(() => void refresh?.(), pauseMs);
    return () => clearTimeout(timer);
  }, [running, ended, isOpen]);
}

function endedTools(message: AepUIMessage | undefined): number {
  return (message?.parts ?? []).filter((part) => 'state' in part && /^output/.test(part.state ?? '')).length;
}
