'use client';

import { useChat } from '@ai-sdk/react';
import type { AepUIMessage } from '@hotplex/ai-sdk-transport';
import { lastAssistantMessageIsCompleteWithApprovalResponses } from 'ai';
import { Conversation } from '../../components/conversation';

/** The transport is the AI SDK's own one: it asks the route handlers below /api/chat. */
export function Chat({ id, messages }: { id: string; messages: AepUIMessage[] }) {
  const chat = useChat<AepUIMessage>({
    id,
    messages,
    resume: true,
    sendAutomaticallyWhen: lastAssistantMessageIsCompleteWithApprovalResponses,
  });
  return <Conversation chat={chat} onStop={() => void fetch(`/api/chat/${id}/stop`, { method: 'POST' })} />;
}
