// Every requirement of security, every promise of reliability (G), and every attack that others suffered, has a test that
// carries its name and stands where the two tables of tests/security say; or the table says what there is in its place.
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { tagsOfTests } from './tags-of-tests.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const read = (name) => JSON.parse(readFileSync(join(root, 'tests/security', name), 'utf8'));
const tags = tagsOfTests(root);
const problems = [];

const mustCarry = (tag, file) => {
  if (!tags.get(tag)?.has(file)) problems.push(`no title of ${file} carries [${tag}]`);
};

/** How many requirements there are of each kind. */
const kinds = { A: 7, J: 9, W: 9, P: 7, C: 9, B: 7, E: 3, D: 5, F: 5, U: 5, X: 6, Q: 2, L: 3, S: 2, G: 15 };
const wanted = Object.entries(kinds).flatMap(([kind, count]) =>
  Array.from({ length: count }, (_, index) => `${kind}${index + 1}`),
);
const requirements = read('requirements.json');
const listed = requirements.map(({ id }) => id);
for (const id of wanted) if (!listed.includes(id)) problems.push(`requirements.json does not have ${id}`);
for (const { id, tests = [], instead } of requirements) {
  if (!wanted.includes(id) || listed.indexOf(id) !== listed.lastIndexOf(id))
    problems.push(`requirements.json: ${id} is no requirement, or is there twice`);
  if (tests.length === 0 && !instead)
    problems.push(`requirements.json: ${id} has neither tests nor a reason`);
  for (const file of tests) mustCarry(id, file);
}

const attacks = read('peer-attacks.json');
attacks.forEach(({ row, tests }, index) => {
  if (row !== index + 1) problems.push(`peer-attacks.json: row ${index + 1} is missing`);
  if (Object.values(tests).flat().length === 0) problems.push(`peer-attacks.json: row ${row} has no test`);
  for (const [file, names] of Object.entries(tests)) for (const name of names) mustCarry(name, file);
});
if (attacks.length !== 27) problems.push('peer-attacks.json does not have 27 rows');
const named = new Set(attacks.flatMap(({ tests }) => Object.values(tests).flat()));
for (const tag of tags.keys())
  if (/^(CVE|GHSA)-/.test(tag) && !named.has(tag)) problems.push(`peer-attacks.json does not have ${tag}`);

if (problems.length > 0) {
  console.error(problems.join('\n'));
  process.exit(1);
}
const without = requirements.filter(({ tests }) => !tests).map(({ id }) => id);
console.log(
  `security: ${listed.length - without.length} requirements with a test, ${without.join(', ')} otherwise; ${named.size} attacks of ${attacks.length} cases replayed`,
);
