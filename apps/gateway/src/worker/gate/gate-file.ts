import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/**
 * The program of an agent's gate, which lies beside the bundle under a name of its own, or beside its adapter as `gate.ts`
 * when the sources run. `from`: the `import.meta.url` of the adapter.
 */
export function findGateFile(bundledName: string, from: string): string {
  const bundled = fileURLToPath(new URL(bundledName, from));
  return existsSync(bundled) ? bundled : fileURLToPath(new URL('./gate.ts', from));
}
