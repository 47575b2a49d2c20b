/**
 * What is copied from a SQLite database into one of PostgreSQL, in an order in which every row finds those that it refers
 * to. What is not here is made anew: the search index reads the logs again, and each database records its own migrations.
 */
export const copiedTables = [
  'sessions',
  'session_configs',
  'events',
  'inputs',
  'interactions',
  'workers',
  'worker_memories',
  'share_links',
  'approval_links',
  // After the sessions, whose triggers note some of it themselves.
  'agent_conversations',
  'api_keys',
  'refresh_tokens',
  'revoked_tokens',
  'revoked_subjects',
  'sign_in_codes',
  'push_devices',
  'hook_deliveries',
  'usage_by_day',
  'config_history',
  'audit',
] as const;

/** What stands in a row, in the order of the columns. */
export type Row = readonly (string | number | boolean | null)[];

/** A table of both databases: what is copied, and the order in which rows are compared. */
export type CopiedTable = {
  name: string;
  columns: readonly { name: string /** Its type in PostgreSQL. */; type: string }[];
  key: readonly string[];
};
