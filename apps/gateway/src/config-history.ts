import type { Seal } from './auth/seal.ts';
import { parseSettings } from './config.ts';
import type { Tree } from './config-file.ts';
import type { Config } from './config-schema.ts';
import type { AuditEntry } from './ground/audit.ts';
import type {
  ConfigOrigin,
  ConfigRecord,
  SettingChange,
  ConfigHistory as StoredHistory,
} from './ground/config-record.ts';
import { StartError } from './ground/start-error.ts';

/** Who changed the configuration, and how it came in. */
export type ConfigSource = {
  /** `null` for the gateway itself. */
  actor: string | null;
  origin: ConfigOrigin;
};

type NewConfig = ConfigSource & { tree: Tree; changes: readonly SettingChange[]; now: number };

/** A version as it is shown: without what is sealed. */
export type ShownConfig = Omit<ConfigRecord, 'sealed'>;

/** The configurations that were in force. What is shown holds no secret; what is put back is sealed. */
export class ConfigHistory {
  readonly #store: StoredHistory;
  readonly #seal: Seal;

  constructor(store: StoredHistory, seal: Seal) {
    this.#store = store;
    this.#seal = seal;
  }

  /** Newest first. */
  list(): ShownConfig[] {
    return this.#store.configRecords().map(({ sealed: _, ...shown }) => shown);
  }

  /** The settings of the newest version; undefined if there is none that can be opened and read. */
  newest(): { version: number; tree: Tree; config: Config } | undefined {
    const [record] = this.#store.configRecords();
    if (!record) return undefined;
    try {
      return { version: record.version, ...this.#open(record) };
    } catch (error) {
      if (error instanceof StartError) return undefined;
      throw error;
    }
  }

  /** The settings of a version. Throws StartError if it is not there or cannot be put back any more. */
  open(version: number): { tree: Tree; config: Config } {
    const record = this.#store.configRecords().find((each) => each.version === version);
    if (!record) throw new StartError(`there is no version ${version}: hotplex config history lists them`);
    return this.#open(record);
  }

  /** Takes a configuration down, together with an entry of the audit log for each setting, and returns its version. */
  add({ tree, changes, now, ...source }: NewConfig): number {
    const { actor, origin } = source;
    const sealed = this.#seal.seal(JSON.stringify(tree));
    return this.#store.recordConfig(
      { actor, origin, time: now, changes: [...changes], sealed },
      changes.map((change) => auditEntry(actor, change)),
    );
  }

  #open({ version, sealed }: ConfigRecord): { tree: Tree; config: Config } {
    const text = this.#seal.open(sealed);
    if (text === undefined)
      throw new StartError(`version ${version} was sealed with another key than that of the data folder`);
    const tree = JSON.parse(text) as Tree;
    return { tree, config: parseSettings(structuredClone(tree)) };
  }
}

/** Names the setting, and what it was and is as far as that may be shown. */
const auditEntry = (actor: string | null, { key, old, new: now, restart }: SettingChange): AuditEntry => ({
  ...{ actor, sessionId: null, action: `config ${key}`, decision: 'allow', rules: [], inputHash: null },
  reason: `${JSON.stringify(old) ?? 'not set'} → ${JSON.stringify(now) ?? 'not set'}${restart ? ', after a restart' : ''}`,
});
