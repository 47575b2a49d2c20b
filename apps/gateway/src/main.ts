#!/usr/bin/env node
import { keepCompiled } from './keep-compiled.ts';

// Before anything else is loaded: what is loaded now is what it is for.
keepCompiled(process.env);
const { runCommandLine } = await import('./command/command-line.ts');
await runCommandLine(process.argv.slice(2));
