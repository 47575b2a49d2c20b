import { type ConfigHistory, type ConfigRecord, mostConfigs } from '../ground/config-record.ts';
import type { AuditLog } from './store.ts';

/** A history of configurations that lasts as long as the process. */
export function createMemoryConfigs({ recordAudit }: Pick<AuditLog, 'recordAudit'>): ConfigHistory {
  let records: ConfigRecord[] = [];
  return {
    recordConfig(record, entries) {
      const version = (records[0]?.version ?? 0) + 1;
      records = [{ ...structuredClone(record), version }, ...records].slice(0, mostConfigs);
      for (const entry of entries) recordAudit(entry, record.time);
      return version;
    },
    configRecords: () => structuredClone(records),
  };
}
