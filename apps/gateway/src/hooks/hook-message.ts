import { withoutContent } from './without-content.ts';

/** The session an event belongs to, as far as receivers learn of it. */
export type HookSession = {
  id: string;
  title: string | null;
  ownerId: string;
  workerType: string;
  workDir: string;
};

/** A logged event; `data` is its data as JSON text. */
export type HookEvent = {
  seq: number;
  id: string;
  type: string;
  turnId: string | null;
  /** Unix milliseconds. */
  timestamp: number;
  data: string;
};

/** What receivers of JSON get: the outer shape is that of Standard Webhooks, `event` that of the protocol. */
export type HookMessage = {
  type: string;
  /** RFC 3339. */
  timestamp: string;
  data: {
    session: { id: string; worker_type: string; owner: string; title?: string; work_dir?: string };
    event: { id: string; seq: number; type: string; turn_id?: string; data: Record<string, unknown> };
  };
};

/** The message about an event; without content it says what happened, but nothing that anybody wrote. */
export function toMessage(session: HookSession, event: HookEvent, content: boolean): HookMessage {
  const { id, seq, type, turnId, timestamp } = event;
  const data = JSON.parse(event.data) as Record<string, unknown>;
  const { title, workDir } = session;
  return {
    type,
    timestamp: new Date(timestamp).toISOString(),
    data: {
      session: {
        ...{ id: session.id, worker_type: session.workerType, owner: session.ownerId },
        ...(content && title !== null && { title }),
        ...(content && { work_dir: workDir }),
      },
      event: {
        ...{ id, seq, type },
        ...(turnId !== null && { turn_id: turnId }),
        data: content ? data : withoutContent(type, data),
      },
    },
  };
}
