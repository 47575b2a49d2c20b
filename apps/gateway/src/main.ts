#!/usr/bin/env node
import { keepCompiled } from './keep-compiled.ts';
import { refuseOldNode } from './refuse-old-node.ts';

const refusal = refuseOldNode(process.versions.node);
if (refusal !== undefined) {
  console.error(refusal);
  process.exit(1);
}
// Before anything else is loaded: what is loaded now is what it is for.
keepCompiled(process.env);
const { runCommandLine } = await import('./command/command-line.ts');
await runCommandLine(process.argv.slice(2));
