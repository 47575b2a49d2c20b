import type { TurnStats } from '@hotplex/aep-protocol';
import { toPointWord } from '../../ground/conversation-point.ts';
import type { WorkerEvent } from '../worker.ts';
import { toToolCalls } from './judged-call.ts';
import { type DemoLine, type DemoLineOf, demoLine } from './messages.ts';
import { allowSession, permissionOptions } from './permission-options.ts';

/** How much of a line that cannot be read is passed on. */
const excerptLength = 1_000;

/** What one line of the demo agent means in the protocol's words. Never throws: what cannot be read is passed on raw. */
export function translate(text: string, workDir: string): WorkerEvent[] {
  const line = demoLine.safeParse(parseJson(text));
  if (line.success) return toEvents(line.data, workDir);
  return [{ type: 'raw', data: { kind: 'demo.unreadable', raw: text.slice(0, excerptLength) } }];
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function toEvents(line: DemoLine, workDir: string): WorkerEvent[] {
  switch (line.type) {
    case 'hello':
      return toReady(line);
    case 'session':
      return [{ type: 'worker.session', data: { id: line.id } }];
    case 'background':
      return [{ type: 'background.tasks', data: { count: line.count } }];
    case 'turn':
      return [{ type: 'turn.started', data: { input_ids: line.prompts } }];
    case 'taken':
      return [{ type: 'input.taken', data: { input_id: line.prompt } }];
    case 'failure': {
      const { code, message, details } = line;
      return [{ type: 'error', data: { code, message, details } }];
    }
    case 'end': {
      const { success, prompts: input_ids, session: conversation, turns } = line;
      const stands = conversation !== undefined && turns !== undefined;
      const point = stands ? { point: toPointWord({ conversation, last: String(turns) }) } : {};
      return [{ type: 'done', data: { success, stats: toStats(line), input_ids, ...point } }];
    }
    case 'text_start': {
      const { id, parent: parent_id } = line;
      return [{ type: 'message.start', data: { id, role: 'assistant', content_type: 'text', parent_id } }];
    }
    case 'text': {
      const { id: message_id, text: content, parent: parent_id } = line;
      return [{ type: 'message.delta', data: { message_id, content, parent_id } }];
    }
    case 'text_end':
      return [{ type: 'message.end', data: { message_id: line.id, parent_id: line.parent } }];
    case 'whole_text': {
      const { id, text: content } = line;
      return [{ type: 'message', data: { id, role: 'assistant', content, content_type: 'text' } }];
    }
    case 'retract':
      return [{ type: 'message.retract', data: { message_ids: line.ids, reason: line.reason } }];
    case 'thought': {
      const { id, text: content, parent: parent_id } = line;
      return [{ type: 'reasoning', data: { id, content, parent_id } }];
    }
    case 'title':
      return [{ type: 'session.title', data: { title: line.title } }];
    case 'notice': {
      const { kind, message, details } = line;
      return [{ type: 'worker.notice', data: { kind, message, details } }];
    }
    case 'oddity':
      return [{ type: 'raw', data: { kind: line.kind, raw: line.value } }];
    case 'tool': {
      const { type: _, parent: parent_id, path, ...call } = line;
      const locations = path === undefined ? undefined : [{ path }];
      return [{ type: 'tool_call', data: { ...call, status: 'running', locations, parent_id } }];
    }
    case 'tool_output': {
      const { id, text: output_delta, parent: parent_id } = line;
      return [{ type: 'tool_update', data: { id, output_delta, parent_id } }];
    }
    case 'tool_end': {
      const { type: _, parent: parent_id, ...result } = line;
      return [{ type: 'tool_result', data: { ...result, parent_id } }];
    }
    case 'step': {
      const { type: _, kind: step_type, parent: parent_id, ...step } = line;
      return [{ type: 'step', data: { ...step, step_type, parent_id } }];
    }
    case 'plan':
      return [{ type: 'plan', data: { entries: line.entries } }];
    case 'ask_permission':
      return toPermissionRequest(line, workDir);
    case 'ask_question': {
      const { id, questions } = line;
      return [{ type: 'question_request', data: { id, questions } }];
    }
    case 'ask_form': {
      const { id, server: mcp_server_name, message, schema: requested_schema } = line;
      const data = { id, mcp_server_name, message, mode: 'form', requested_schema };
      return [{ type: 'elicitation_request', data }];
    }
    case 'withdrawn':
      return [{ type: 'interaction.withdrawn', data: { id: line.id } }];
    case 'usage':
      return toContextUsage(line);
    case 'skills': {
      const skills = line.skills.map((skill) => ({ ...skill, source: 'demo' }));
      return [{ type: 'skills_list', data: { skills, total: skills.length, filter: line.filter } }];
    }
    case 'servers':
      return [{ type: 'mcp_status', data: { servers: line.servers } }];
  }
}

function toReady({ version, session, lost, models, prompts, tools }: DemoLineOf<'hello'>): WorkerEvent[] {
  const events: WorkerEvent[] = [
    { type: 'worker.ready', data: { version, models, commands: prompts, tools } },
    { type: 'worker.session', data: { id: session } },
  ];
  if (lost !== undefined) events.push({ type: 'context.lost', data: { reason: lost } });
  return events;
}

function toPermissionRequest(line: DemoLineOf<'ask_permission'>, workDir: string): WorkerEvent[] {
  const { id, tool: tool_name, call: tool_call_id, description, input, once = false } = line;
  const data = {
    id,
    tool_name,
    description,
    args: [JSON.stringify(input)],
    input_raw: input,
    options: permissionOptions.filter((option) => !once || option.id !== allowSession),
    tool_call_id,
  };
  const calls = toToolCalls({ name: tool_name, input }, workDir);
  return [{ type: 'permission_request', data, calls }];
}

function toContextUsage({ model, used, size, parts }: DemoLineOf<'usage'>): WorkerEvent[] {
  const categories = parts.map(({ name, words }) => ({ name, tokens: words }));
  const percentage = (used / size) * 100;
  return [
    {
      type: 'context_usage',
      data: { total_tokens: used, max_tokens: size, percentage, model, categories },
    },
  ];
}

/** The demo counts its time and its tool calls. It has no tokens and costs nothing that could be known: those stay null. */
function toStats({ duration, first_word, tools, model, stop }: DemoLineOf<'end'>): TurnStats {
  return {
    duration_ms: duration,
    time_to_first_token_ms: first_word,
    tool_calls: tools,
    input_tokens: null,
    output_tokens: null,
    cache_read_tokens: null,
    cache_write_tokens: null,
    total_tokens: null,
    cost_usd: null,
    model,
    context_used_percent: null,
    stop_reason: stop,
  };
}
