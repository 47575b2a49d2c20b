import { type LoadedConfig, originsIn, type SettingOrigins } from './config.ts';
import type { ConfigHistory, ConfigSource, ShownConfig } from './config-history.ts';
import type { Config } from './config-schema.ts';
import type { Audit } from './ground/audit.ts';
import type { Clock } from './ground/clock.ts';
import type { SettingChange } from './ground/config-record.ts';
import { GatewayError, toGatewayError } from './ground/gateway-error.ts';
import type { Logger } from './ground/logger.ts';
import type { Metrics } from './ground/metrics.ts';
import { StartError } from './ground/start-error.ts';
import type { LiveConfig } from './live-config.ts';
import { refuseUnstartable } from './refuse-unstartable.ts';
import { changesBetween, takeUpLive } from './setting-changes.ts';
import { weakens } from './weakens.ts';

/** What came of it. */
type Reloaded = {
  /** The version in force. */
  version: number;
  /** What is different since, with what waits for a restart. */
  changes: SettingChange[];
};

type Read = Pick<LoadedConfig, 'tree' | 'config' | 'files' | 'origins'>;
type Taken = Omit<Read, 'files'>;

type ReloadOptions = {
  started: Read;
  /** Whether that is not taken down: what a command sets for a gateway of its own is no change of the configuration. */
  isPassing: boolean;
  live: LiveConfig;
  history: ConfigHistory;
  /** Reads file and environment. Throws StartError. */
  load(): LoadedConfig;
  audit: Audit;
  clock: Clock;
  logger: Logger;
  metrics: Metrics;
};

/**
 * Takes another configuration up while the gateway runs (requirement G14): it is looked at as a whole first, then all of
 * it is in force or nothing is, and what would weaken security is refused. Every change is taken down.
 */
export class ConfigReload {
  readonly #options: ReloadOptions;
  /** What the file, or the version that was put back, says; part of it may wait for a restart. */
  #said: Config;
  #version: number;
  #origins: SettingOrigins;

  constructor(options: ReloadOptions) {
    const { started, isPassing, history, clock } = options;
    this.#options = options;
    this.#said = started.config;
    this.#origins = started.origins;
    const newest = history.newest();
    if (isPassing) {
      this.#version = newest?.version ?? 0;
      return;
    }
    const isSame = newest !== undefined && JSON.stringify(newest.tree) === JSON.stringify(started.tree);
    this.#version = isSame
      ? newest.version
      : history.add({
          ...{ actor: null, origin: 'start', tree: started.tree, now: clock.now() },
          changes: newest === undefined ? [] : changesBetween(newest.config, started.config),
        });
  }

  /** The version in force; 0 if none was ever taken down. */
  get version(): number {
    return this.#version;
  }

  /** Where the settings came from that are in force, or wait for a restart. */
  get origins(): SettingOrigins {
    return this.#origins;
  }

  /** Those that are remembered, newest first. */
  history(): ShownConfig[] {
    return this.#options.history.list();
  }

  /** Reads the file anew. Throws GatewayError CONFIG_INVALID with what is wrong; then all is as before. */
  reload(source: ConfigSource): Reloaded {
    return this.#attempt(source, () => {
      const { started, load } = this.#options;
      const loaded = load();
      // Agents are kept from the files that were read at the start; whoever writes another one writes the configuration.
      const other = loaded.files.find((file) => !started.files.includes(file));
      if (other !== undefined)
        throw new StartError(`the configuration comes from a further file, ${other}: that needs a restart`);
      return loaded;
    });
  }

  /** Puts a version back in force until the file changes, or the gateway starts anew. Throws GatewayError CONFIG_INVALID. */
  rollback(version: number, actor: string): Reloaded {
    return this.#attempt({ actor, origin: 'rollback' }, () => {
      const opened = this.#options.history.open(version);
      return { ...opened, origins: originsIn(opened.tree, 'rollback') };
    });
  }

  #attempt(source: ConfigSource, read: () => Taken): Reloaded {
    const { logger, metrics } = this.#options;
    const { origin } = source;
    try {
      const reloaded = this.#take(read(), source);
      const result = reloaded.changes.length > 0 ? 'changed' : 'same';
      metrics.count('config_reloads_total', { origin, result });
      return reloaded;
    } catch (error) {
      const refusal =
        error instanceof StartError
          ? new GatewayError('CONFIG_INVALID', error.message)
          : toGatewayError(error);
      metrics.count('config_reloads_total', { origin, result: 'refused' });
      logger.warn({ origin, reason: refusal.message }, 'the new configuration is refused: the old one stays');
      this.#takeDownRefusal(source);
      throw refusal;
    }
  }

  #take({ tree, config, origins }: Taken, source: ConfigSource): Reloaded {
    const { started, live, history, clock, logger } = this.#options;
    refuseUnstartable(config);
    const changes = changesBetween(this.#said, config);
    if (changes.length === 0) return { version: this.#version, changes };
    const next = takeUpLive(started.config, config);
    refuseWeaker(live.current, next);
    live.adopt(next, () => {
      this.#version = history.add({ tree, changes, ...source, now: clock.now() });
    });
    this.#said = config;
    this.#origins = origins;
    const keys = changes.map(({ key }) => key);
    logger.info({ origin: source.origin, version: this.#version, keys }, 'another configuration is in force');
    const waiting = changesBetween(next, config).map(({ key }) => key);
    if (waiting.length > 0)
      logger.warn({ keys: waiting }, 'these settings are taken up by a restart and not before');
    return { version: this.#version, changes };
  }

  /** A disk that is full does not make a bad file a good one. */
  #takeDownRefusal({ actor, origin }: ConfigSource): void {
    const { audit, logger } = this.#options;
    const entry = { actor, sessionId: null, action: `config ${origin}`, rules: [], inputHash: null };
    try {
      audit.record({ ...entry, decision: 'deny', reason: 'CONFIG_INVALID' });
    } catch (error) {
      logger.error({ error: String(error) }, 'a refused configuration could not be taken down');
    }
  }
}

/** Whoever can write the file must not be able to open a gateway that runs, without anybody who sees it start. */
function refuseWeaker(before: Config, after: Config): void {
  const keys = Object.keys(weakens).filter((key) => weakens[key]?.(before, after));
  if (keys.length === 0) return;
  const what = keys.join(', ');
  throw new GatewayError(
    'CONFIG_INVALID',
    `security is weakened by a restart only, and this would weaken ${what}: nothing was changed; restart, or take that back`,
    { details: { keys } },
  );
}
