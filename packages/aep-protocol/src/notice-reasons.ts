/** What a `worker.notice` of kind `info` tells, by its `details.reason`. One without a reason is told by its own words only. */
export const noticeReasons = [
  'new_conversation',
  'new_conversation_prevented',
  'context_unknown',
  'mcp_server_failed',
  'extension_failed',
  'turn_cut',
] as const;

export type NoticeReason = (typeof noticeReasons)[number];
