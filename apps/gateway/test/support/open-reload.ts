import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { openSeal } from '../../src/auth/seal.ts';
import { originsIn, parseSettings } from '../../src/config.ts';
import type { Tree } from '../../src/config-file.ts';
import { ConfigHistory } from '../../src/config-history.ts';
import { ConfigReload } from '../../src/config-reload.ts';
import type { Audit } from '../../src/ground/audit.ts';
import type { Clock } from '../../src/ground/clock.ts';
import type { ConfigHistory as StoredHistory } from '../../src/ground/config-record.ts';
import { type Logger, silentLogger } from '../../src/ground/logger.ts';
import { type Metrics, noMetrics } from '../../src/ground/metrics.ts';
import { LiveConfig } from '../../src/live-config.ts';

type Parts = {
  store: StoredHistory;
  clock: Clock;
  audit: Audit;
  metrics?: Metrics;
  logger?: Logger;
  isPassing?: boolean;
  /** What the file says at the start. */
  tree?: Tree;
  /** Of the key; default: a folder of its own. */
  dataDir?: string;
};

/** What takes configurations up, with a file that a test writes by setting `file.tree`. */
export function openReload({
  store,
  clock,
  audit,
  metrics = noMetrics,
  logger = silentLogger,
  isPassing = false,
  ...given
}: Parts) {
  const dataDir = given.dataDir ?? mkdtempSync(join(tmpdir(), 'hotplex-reload-'));
  if (given.dataDir === undefined) onTestFinished(() => rmSync(dataDir, { recursive: true }));
  const file = { tree: given.tree ?? {}, files: ['/etc/hotplex.yaml'] };
  const load = () => {
    const { tree, files } = structuredClone(file);
    const origins = originsIn(tree, 'file');
    return { tree, config: parseSettings(structuredClone(tree)), files, warnings: [], origins };
  };
  const started = load();
  const live = new LiveConfig(started.config);
  const history = new ConfigHistory(store, openSeal(join(dataDir, 'config-history-key')));
  const reload = new ConfigReload({ started, isPassing, live, history, load, audit, clock, metrics, logger });
  return { reload, live, file, dataDir };
}
