import { defineConfig } from 'tsdown';

export default defineConfig({
  entry: ['src/index.ts', 'src/main.ts'],
  format: 'esm',
  platform: 'node',
  outExtensions: () => ({ js: '.js', dts: '.d.ts' }),
  dts: true,
});
