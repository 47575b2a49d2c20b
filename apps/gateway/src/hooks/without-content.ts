/** The fields of each kind of event that hold nothing a person, an agent or a tool wrote. What is not named here is content. */
const harmless: Record<string, readonly string[]> = {
  state: ['state'],
  input: ['input_id', 'author', 'delivery', 'status'],
  'input.status': ['input_id', 'status', 'turn_id'],
  'session.forked': ['from'],
  'session.rewound': ['turn_id', 'turns'],
  error: ['code', 'event_id', 'retryable'],
  tool_call: ['id', 'name', 'kind', 'status', 'parent_id'],
  tool_result: ['id', 'denied', 'stopped', 'parent_id'],
  step: ['id', 'step_type', 'status', 'duration', 'parent_id'],
  permission_request: ['id', 'tool_name', 'tool_call_id', 'deadline_ms'],
  'permission.resolved': ['id', 'allowed', 'by', 'reason'],
  question_request: ['id', 'tool_call_id', 'budget', 'deadline_ms'],
  'question.resolved': ['id', 'by', 'reason'],
  elicitation_request: ['id', 'mcp_server_name', 'deadline_ms'],
  'elicitation.resolved': ['id', 'action', 'by', 'reason'],
  context_usage: ['total_tokens', 'max_tokens', 'percentage', 'model'],
  'worker.notice': ['kind'],
  done: ['success', 'stats', 'dropped'],
};

/** What is left of an event's data where its words are not to leave the gateway. */
export function withoutContent(type: string, data: Record<string, unknown>): Record<string, unknown> {
  const kept = harmless[type] ?? [];
  return Object.fromEntries(Object.entries(data).filter(([name]) => kept.includes(name)));
}
