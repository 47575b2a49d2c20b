'use client';
import type { AepUIMessage } from '@hotplex/ai-sdk-transport';
import { toRuns, turnsIn } from '../lib/set-aside.ts';
import { AssistantMessage } from './assistant-message.tsx';
import { SetAside } from './rewind/set-aside.tsx';
import { UserMessage } from './user-message.tsx';

type Props = {
  messages: AepUIMessage[];
  running: boolean;
  /** The number of the event that somebody looks for. */
  sought?: number | undefined;
};

/**
 * All messages, those folded that the agent was taken back to before. Each is drawn again only when it changed, so a long
 * conversation costs what its last message costs.
 */
export function MessageList({ messages, running, sought = Number.POSITIVE_INFINITY }: Props) {
  const last = messages.at(-1);
  return toRuns(messages).map(({ setAsideBy, messages: run }) =>
    setAsideBy === undefined ? (
      <Messages key={run[0]?.id} messages={run} running={running} last={last} />
    ) : (
      <SetAside key={setAsideBy} turns={turnsIn(run)} isWanted={sought < setAsideBy}>
        <Messages messages={run} isSetAside />
      </SetAside>
    ),
  );
}

type RunProps = {
  messages: readonly AepUIMessage[];
  running?: boolean;
  /** Of the whole conversation. */
  last?: AepUIMessage | undefined;
  /** Then nobody goes back to before them. */
  isSetAside?: boolean;
};

function Messages({ messages, running = false, last, isSetAside = false }: RunProps) {
  return messages.map((message, index) =>
    message.role === 'user' ? (
      <UserMessage
        key={message.id}
        message={message}
        running={running}
        turnId={isSetAside ? undefined : turnAfter(messages, index)}
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
