import type { Config } from './config-schema.ts';
import type { CurrentConfig } from './live-config.ts';
import type { WorkDirRules } from './session/work-dir.ts';
import { sharedDirOf } from './shared-dir.ts';
import { expandPath } from './start-checks.ts';

type WorkDirParts = { config: Config; live: CurrentConfig; dataDir: string; defaultWorkDir: string };

/** Where sessions may work, at this moment. */
export function workDirRulesOf({ config, live, dataDir, defaultWorkDir }: WorkDirParts): WorkDirRules {
  return {
    privateDirs: [dataDir, sharedDirOf(config)],
    get allowedDirs() {
      const allowed = live.current.worker.allowed_work_dirs.map(expandPath);
      // What the operator chose for sessions that name none needs no second mention.
      return allowed.length > 0 ? [...allowed, defaultWorkDir] : [];
    },
  };
}
