'use client';
import { useEffect } from 'react';
import type { AgentCommand } from './agent-commands.ts';
import type { Conversation } from './conversation.ts';
import { useObservable } from './use-observable.ts';

const none: readonly AgentCommand[] = [];
const asked = new WeakSet<object>();

/** The slash commands and skills of the agent. It is asked for them once they are wanted, if it has not told them by then. */
export function useAgentCommands(
  conversation: Pick<Conversation, 'commands' | 'takes' | 'command'>,
  wanted: boolean,
): readonly AgentCommand[] {
  const commands = useObservable(conversation.commands);
  useEffect(() => {
    if (!wanted || commands || asked.has(conversation) || !conversation.takes('skills')) return;
    asked.add(conversation);
    conversation.command('skills').catch(() => asked.delete(conversation));
  }, [conversation, commands, wanted]);
  return commands ?? none;
}
