/** Searches everything that was said in the sessions of one owner, newest first. */
export type SearchQuery = {
  ownerId: string;
  botId?: string;
  /** Words that all have to be in one passage; at most 256 characters each. */
  text: string;
  limit: number;
  /** Where the page before ended. */
  before?: number;
};

/** A passage with all words of a search in it. */
export type SearchHit = {
  sessionId: string;
  /** The session's title. */
  title: string | null;
  /** Whether the session was put away. */
  isArchived: boolean;
  /** The number of the event where the text begins; 0 for a title. */
  seq: number;
  kind: 'prompt' | 'message' | 'title';
  timestamp: number;
  content: string;
};

/** A page may have fewer hits than asked for, even none, and still not be the last: each look has its limit. */
export type SearchPage = { hits: SearchHit[]; next: number | null };
