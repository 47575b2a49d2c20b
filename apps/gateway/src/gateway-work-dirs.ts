import type { Config } from './config-schema.ts';
import type { WorkDirRules } from './session/work-dir.ts';
import { expandPath } from './start-checks.ts';

type WorkDirParts = { config: Config; dataDir: string; defaultWorkDir: string };

/** Where sessions may work. */
export function workDirRulesOf({ config, dataDir, defaultWorkDir }: WorkDirParts): WorkDirRules {
  const allowed = config.worker.allowed_work_dirs.map(expandPath);
  return {
    privateDirs: [dataDir],
    // What the operator chose for sessions that name none needs no second mention.
    allowedDirs: allowed.length > 0 ? [...allowed, defaultWorkDir] : [],
  };
}
