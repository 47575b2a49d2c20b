import type { ServerCapabilities, SessionConfig } from '@hotplex/aep-protocol';

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
  permission_modes?: string[];
  models?: { id: string; name?: string; description?: string }[];
  /** What it can do, as `init_ack` says it of a session. */
  capabilities?: Partial<ServerCapabilities>;
};

/** What can be chosen for a session, and where agents work unless it says otherwise. */
export type AgentList = { agents: AgentSummary[]; default_work_dir: string };
