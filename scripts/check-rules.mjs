// Every numbered rule of docs/protocol.md has a test that carries its number, and every rule that shows on the wire is in
// a scenario of the conformance kit, which names no rule that is not there.
import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { tagsOfTests } from './tags-of-tests.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const text = readFileSync(join(root, 'docs/protocol.md'), 'utf8');
const rules = new Set([...text.matchAll(/^- \*\*([A-Z]\d+)\*\*/gm)].map((match) => match[1]));
const planned = new Set([...text.matchAll(/^- \*\*([A-Z]\d+)\*\* \*\(not yet/gm)].map((match) => match[1]));
const tested = tagsOfTests(root);
const untested = [...rules].filter((rule) => !tested.has(rule) && !planned.has(rule));
if (rules.size === 0) untested.push('no rule was found in docs/protocol.md');
if (untested.length > 0) {
  console.error(`rules of docs/protocol.md without a test: ${untested.join(', ')}`);
  process.exit(1);
}

/** Rules of which a peer sees nothing: how the gateway is made inside. */
const inside = new Set(['F7', 'S3', 'R2', 'B1']);
const shown = new Map();
for (const file of globSync('conformance/scenarios/*.json', { cwd: root })) {
  for (const rule of JSON.parse(readFileSync(join(root, file), 'utf8')).rules) shown.set(rule, file);
}
const unknown = [...shown].filter(([rule]) => !rules.has(rule)).map(([rule, file]) => `${rule} (${file})`);
const unplayed = [...rules].filter((rule) => !shown.has(rule) && !inside.has(rule) && !planned.has(rule));
if (unknown.length > 0) console.error(`scenarios name rules that do not exist: ${unknown.join(', ')}`);
if (unplayed.length > 0)
  console.error(`rules of docs/protocol.md that no scenario of conformance/ plays: ${unplayed.join(', ')}`);
if (unknown.length + unplayed.length > 0) process.exit(1);

console.log(
  `protocol rules: ${rules.size - planned.size} with a test, ${planned.size} marked as not yet there`,
);
