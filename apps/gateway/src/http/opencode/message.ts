import type { SessionInfo } from './session-info.ts';

type Time = { start: number; end?: number };

/** OpenCode’s `ToolState`. */
export type ToolState =
  | {
      status: 'running';
      input: Record<string, unknown>;
      title?: string;
      metadata?: Record<string, unknown>;
      time: Time;
    }
  | {
      status: 'completed';
      input: Record<string, unknown>;
      output: string;
      title: string;
      metadata: Record<string, unknown>;
      time: Time;
    }
  | {
      status: 'error';
      input: Record<string, unknown>;
      error: string;
      metadata?: Record<string, unknown>;
      time: Time;
    };

type Place = { id: string; sessionID: string; messageID: string };

/** OpenCode’s `Part`, as far as our agents have such. */
export type Part = Place &
  (
    | { type: 'text' | 'reasoning'; text: string; time?: Time }
    | { type: 'file'; mime: string; url: string; filename?: string }
    | { type: 'tool'; callID: string; tool: string; state: ToolState }
  );

type Tokens = SessionInfo['tokens'];
type Author = { id: string; sessionID: string; agent: string };

/** OpenCode’s `UserMessage`. */
type UserInfo = Author & {
  role: 'user';
  time: { created: number };
  model: { providerID: string; modelID: string };
};

/** OpenCode’s `AssistantMessage`. */
export type AssistantInfo = Author & {
  role: 'assistant';
  time: { created: number; completed?: number };
  parentID: string;
  modelID: string;
  providerID: string;
  mode: string;
  path: { cwd: string; root: string };
  cost: number;
  tokens: Tokens;
  finish?: string;
  error?: { name: 'MessageAbortedError' | 'UnknownError'; data: { message: string } };
};

/** A message as OpenCode’s clients read it. */
export type Message = { info: UserInfo | AssistantInfo; parts: Part[] };

/** What happened, in OpenCode’s words. */
export type OpenCodeEvent = { type: string; properties: Record<string, unknown> };
