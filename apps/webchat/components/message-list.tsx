'use client';
import type { AepUIMessage } from '@hotplex/ai-sdk-transport';
import { toRuns, turnsIn } from '../lib/set-aside.ts';
import { AssistantMessage } from './assistant-message.tsx';
import { SetAside } from './rewind/set-aside.tsx';
import { UserMessage } from './user-message.tsx';

type Props = { messages: AepUIMessage[]; running: boolean };

/**
 * All messages, those folded that the agent was taken back to before. Each is drawn again only when it changed, so a long
 * conversation costs what its last message costs.
 */
export function MessageList({ messages, running }: Props) {
  return toRuns(messages).map(({ setAsideBy, messages: run }) =>
    setAsideBy === undefined ? (
      <Messages key={run[0]?.id} messages={run} running={running} last={messages.at(-1)} />
    ) : (
      <SetAside key={setAsideBy} turns={turnsIn(run)} by={setAsideBy}>
        <Messages messages={run} running={false} last={undefined} />
      </SetAside>
    ),
  );
}

type RunProps = {
  messages: readonly AepUIMessage[];
  running: boolean;
  last: AepUIMessage | undefined;
};

function Messages({ messages, running, last }: RunProps) {
  return messages.map((message, index) =>
    message.role === 'user' ? (
      <UserMessage
        key={message.id}
        message={message}
        running={running}
        turnId={last === undefined ? undefined : turnAfter(messages, index)}
      />
    ) : (
      <AssistantMessage key={message.id} message={message} live={running && message === last} />
    ),
  );
}

/** The turn that a prompt began: what is said right after it. */
function turnAfter(messages: readonly AepUIMessage[], index: number): string | undefined {
  const next = messages[index + 1];
  return next?.role === 'assistant' ? next.id : undefined;
}
