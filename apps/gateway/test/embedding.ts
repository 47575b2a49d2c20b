import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished, vi } from 'vitest';
import type { Settings } from '../src/index.ts';

/** A folder with room for an engine, and the settings that keep it there. */
export function createPlace(): { settings: Settings; workDir: string } {
  const folder = mkdtempSync(join(tmpdir(), 'hotplex-engine-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const workDir = join(folder, 'work');
  mkdirSync(workDir);
  vi.stubEnv('DEMO_PACE', '0');
  onTestFinished(() => void vi.unstubAllEnvs());
  return {
    workDir,
    settings: {
      db: { path: join(folder, 'data/hotplex.db') },
      // In a sandbox the demo agent takes longer to start; what it holds has tests of its own.
      worker: { default_work_dir: workDir, isolation: 'process', orphan_grace: 0 },
      gateway: { addr: '127.0.0.1:0', drain_timeout: '1s' },
      admin: { enabled: false },
      security: { allow_root: true },
    },
  };
}
