import type { WorkerEvent } from '../worker.ts';
import type { Conversation } from './conversation.ts';
import type { AcpLine } from './decode-line.ts';
import type { SessionUpdate } from './messages.ts';
import { noteMode, noteModel, noteOptions } from './settings.ts';
import { closeBlock, translateChunk } from './translate-text.ts';
import { tellHeld, translateToolCall } from './translate-tool.ts';

/** What one line means in the protocol's words. Does no I/O; remembers in `conversation`. `at`: monotonic ms. */
export function translate(conversation: Conversation, line: AcpLine, at: number): WorkerEvent[] {
  switch (line.type) {
    case 'update':
      return translateUpdate(conversation, line.update, at);
    case 'unknown':
      return [{ type: 'raw', data: { kind: line.kind, raw: line.raw } }];
    case 'message':
    case 'ignored':
      return [];
  }
}

function translateUpdate(conversation: Conversation, update: SessionUpdate, at: number): WorkerEvent[] {
  switch (update.sessionUpdate) {
    case 'agent_message_chunk':
    case 'agent_thought_chunk':
      if (conversation.replaying) return [];
      return [...tellHeld(conversation), ...translateChunk(conversation, update, at)];
    case 'tool_call':
    case 'tool_call_update':
      if (conversation.replaying) return [];
      return [...closeBlock(conversation), ...translateToolCall(conversation, update)];
    case 'plan': {
      if (conversation.replaying) return [];
      const entries = update.entries.map(({ content, status, priority }) => ({ content, status, priority }));
      return [...tellHeld(conversation), { type: 'plan', data: { entries } }];
    }
    // Our own words come back only in a replay.
    case 'user_message_chunk':
      return [];
    case 'available_commands_update':
      conversation.commands = update.availableCommands.map(({ name, description }) => ({
        name,
        ...(description ? { description } : {}),
      }));
      return [];
    case 'current_mode_update':
      return noteMode(conversation, update.currentModeId);
    case 'config_option_update':
      return noteOptions(conversation, update.configOptions);
    case 'session_info_update':
      return update.title ? [{ type: 'session.title', data: { title: update.title } }] : [];
    case 'usage_update': {
      conversation.context = { used: update.used, size: update.size };
      if (update.cost?.currency === 'USD') conversation.cost = update.cost.amount;
      noteModel(conversation, update._meta?.['_claude/model']);
      return tellHeld(conversation);
    }
  }
}
