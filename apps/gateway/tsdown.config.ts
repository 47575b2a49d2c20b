import { defineConfig } from 'tsdown';
import { bundledLicenses } from './bundled-licenses.ts';

/**
 * Libraries of hundreds of small modules, each of which every start would look up and link: a third of its time. They
 * stay among the dependencies, so that whoever looks for vulnerabilities finds them there.
 */
const manyModules = [
  ...['zod', /^zod\//, '@asteasolutions/zod-to-openapi', 'hono', /^hono\//, /^@hono\//],
  ...['jose', 'openid-client', 'oauth4webapi', 'yaml', 'smol-toml', 'prom-client', '@opentelemetry/api'],
  ...['kysely', 'diff', 'ignore'],
];

export default defineConfig({
  entry: {
    main: 'src/main.ts',
    index: 'src/index.ts',
    'demo-agent': 'src/worker/demo/demo-agent.ts',
    reaper: 'src/process/keeper/reaper.ts',
    'checkpoint-thread': 'src/store/sqlite/checkpoint-thread.ts',
    bridge: 'src/process/sandbox/bridge/bridge.ts',
    'postgres-bridge': 'src/store/postgres/postgres-bridge.ts',
    'pi-gate': 'src/worker/pi/gate.ts',
    'acpx-gate': 'src/worker/acpx/gate.ts',
    'opencode-gate': 'src/worker/opencode/gate.ts',
  },
  format: 'esm',
  platform: 'node',
  target: 'node22.19',
  // For those who embed it; what they get names no package of ours beside it.
  dts: { entry: 'src/index.ts', tsconfig: '../../tsconfig.embedding.json' },
  // Of the AI SDK only what checks its frames: a fraction of what a dependency would bring.
  deps: { alwaysBundle: [/^@hotplex\//, 'unbash', 'ai', /^@ai-sdk\//, ...manyModules] },
  plugins: [bundledLicenses()],
});
