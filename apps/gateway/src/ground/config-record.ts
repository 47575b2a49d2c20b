import type { AuditEntry } from './audit.ts';

/** How a configuration came into force. */
export const configOrigins = ['start', 'signal', 'file', 'request', 'rollback'] as const;
export type ConfigOrigin = (typeof configOrigins)[number];

/** A setting that changed; of secrets only whether they are set. */
export type SettingChange = {
  /** Dotted, as in `session.max_queue`. */
  key: string;
  old: unknown;
  new: unknown;
  /** Whether it waits for a restart. */
  restart: boolean;
};

/** A configuration that was in force. */
export type ConfigRecord = {
  /** Numbered from 1. */
  version: number;
  /** Unix milliseconds. */
  time: number;
  /** Who brought it; `null` for the gateway itself. */
  actor: string | null;
  origin: ConfigOrigin;
  changes: SettingChange[];
  /** All settings, sealed: only the key in the data folder opens it. */
  sealed: string;
};

/** How many configurations are remembered; older ones are forgotten. */
export const mostConfigs = 64;

/** The configurations that were in force. */
export interface ConfigHistory {
  /** Takes one down together with what the audit log says of it, and returns its version. */
  recordConfig(record: Omit<ConfigRecord, 'version'>, audit: readonly AuditEntry[]): number;
  /** Newest first. */
  configRecords(): ConfigRecord[];
}
