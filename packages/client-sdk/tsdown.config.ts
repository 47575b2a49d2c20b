import { defineConfig } from 'tsdown';

// A file for each module, so that a page gets only those it uses.
export default defineConfig({
  entry: ['src/index.ts'],
  format: 'esm',
  platform: 'neutral',
  dts: true,
  unbundle: true,
});
