// Writes the words of the protocol for SDKs in other languages; with --check only says whether they are current.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { goFiles } from './sdks/go.ts';
import { javaFiles } from './sdks/java.ts';
import { pythonFiles } from './sdks/python.ts';

const languages = { go: goFiles(), java: javaFiles(), python: pythonFiles() };

const stale: string[] = [];
for (const [language, files] of Object.entries(languages)) {
  for (const [path, text] of Object.entries(files)) {
    const file = fileURLToPath(new URL(`../sdks/${language}/${path}`, import.meta.url));
    if (!process.argv.includes('--check')) writeFileSync(file, text);
    else if (!existsSync(file) || readFileSync(file, 'utf8') !== text) stale.push(`sdks/${language}/${path}`);
  }
}
if (stale.length > 0) {
  console.error(`not what the event table says: ${stale.join(', ')}: run \`node scripts/generate-sdks.ts\``);
  process.exit(1);
}
