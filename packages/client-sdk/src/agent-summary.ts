import type {
  IsolationLevel,
  IsolationProblem,
  ServerCapabilities,
  SessionConfig,
} from '@hotplex/aep-protocol';

/** A level of isolation, and whether a session may choose it. */
export type IsolationOffer = {
  level: IsolationLevel;
  available: boolean;
  /** Why it is not. */
  problem?: IsolationProblem;
  /** The same in the gateway's words. */
  reason?: string;
};

/** A kind of agent as the gateway lists it; field names are those of the wire. */
export type AgentSummary = {
  type: string;
  title: string;
  available: boolean;
  version: string | null;
  /** The version HotPlex was tested with; null for what is part of it. */
  tested?: string | null;
  reason?: string;
  install?: string;
  accepts: (keyof SessionConfig)[];
  /** Whether sessions can go on with what was begun with it in a terminal. */
  adopts?: boolean;
  permission_modes?: string[];
  /** What keeps it from the rest of the machine unless a session chooses otherwise, and what may be chosen. */
  isolation?: { default: IsolationLevel; levels: IsolationOffer[] };
  models?: { id: string; name?: string; description?: string }[];
  /** What it can do, as `init_ack` says it of a session. */
  capabilities?: Partial<ServerCapabilities>;
};

/** What can be chosen for a session, and where agents work unless it says otherwise. */
export type AgentList = { agents: AgentSummary[]; default_work_dir: string };
