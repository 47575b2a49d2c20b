import { redactSecrets } from '../../ground/redact-secrets.ts';
import type { HookEvent, HookSession } from '../hook-message.ts';

/** What somebody who does not look is told: that, and of which session. Nothing that anybody wrote but its title, without secrets. */
export type PushNotice = {
  kind: 'asks' | 'ended';
  sessionId: string;
  title: string | null;
  /** When it happened, Unix milliseconds. */
  at: number;
};

const kinds: Readonly<Record<string, PushNotice['kind']>> = {
  permission_request: 'asks',
  question_request: 'asks',
  elicitation_request: 'asks',
  done: 'ended',
};

/** Undefined for an event that nobody is called for. */
export function toNotice(
  { id: sessionId, title }: HookSession,
  { type, timestamp: at }: HookEvent,
): PushNotice | undefined {
  const kind = kinds[type];
  return kind && { kind, sessionId, title: title === null ? null : redactSecrets(title), at };
}
