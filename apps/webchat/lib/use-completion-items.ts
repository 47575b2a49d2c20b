'use client';
import type { WorkDirPath } from '@hotplex/client-sdk';
import { useMemo } from 'react';
import { type Completion, matching } from './completion.ts';
import type { Conversation } from './conversation.ts';
import { useAgentCommands } from './use-agent-commands.ts';
import type { CompletionItem } from './use-completion.ts';
import { useWorkDirPaths } from './use-work-dir-paths.ts';

const mostCommands = 50;

/** What the word at the caret may become. */
export function useCompletionItems(
  conversation: Conversation,
  completion: Completion | undefined,
): readonly CompletionItem[] {
  const command = completion?.kind === 'command' ? completion.typed : undefined;
  const commands = useAgentCommands(conversation, command !== undefined);
  const paths = useWorkDirPaths(conversation.id, completion?.kind === 'path' ? completion.typed : undefined);
  return useMemo(() => {
    if (command === undefined) return paths.map(toItem);
    return matching(commands, command)
      .slice(0, mostCommands)
      .map(({ name, description }) => ({
        ...{ kind: 'command' as const, name: `/${name}`, detail: description, word: name, isWhole: true },
      }));
  }, [command, commands, paths]);
}

function toItem({ path, kind }: WorkDirPath): CompletionItem {
  const isWhole = kind === 'file';
  const cut = path.lastIndexOf('/') + 1;
  const word = isWhole ? path : `${path}/`;
  return { kind: 'path', name: word.slice(cut), detail: path.slice(0, cut), word, isWhole };
}
