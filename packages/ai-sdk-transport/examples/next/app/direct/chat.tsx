import { useChat } from '@ai-sdk/react';
import type { AepUIMessage, History } from '@hotplex/ai-sdk-transport';
import { useForeignTurns } from '@hotplex/ai-sdk-transport/react';
import { lastAssistantMessageIsCompleteWithApprovalResponses } from 'ai';
import { Conversation } from '../../components/conversation';
import { transport } from './gateway';

export function Chat({ id, history }: { id: string; history: History }) {
  const chat = useChat<AepUIMessage>({
    id,
    messages: history.messages,
    transport,
    resume: true,
    sendAutomaticallyWhen: lastAssistantMessageIsCompleteWithApprovalResponses,
  });
  useForeignTurns({ transport, chat });
  return <Conversation chat={chat} onStop={() => void transport.interrupt(id)} />;
}
