'use client';
import type { AgentSummary } from '@hotplex/client-sdk';
import { useWebChat } from '../components/web-chat-context.tsx';
import { useObservable } from './use-observable.ts';

/** Finds what the gateway told of an agent; undefined until it did, and for agents it no longer has. */
export function useAgents(): (type: string) => AgentSummary | undefined {
  const { list } = useObservable(useWebChat().agents.state);
  return (type) => list?.agents.find((agent) => agent.type === type);
}
