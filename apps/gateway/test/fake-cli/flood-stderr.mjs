// Writes a hundred megabytes of numbered lines to stderr, then says so on stdout.
import { writeSync } from 'node:fs';

const padding = '.'.repeat(1_014);
for (let batch = 0; batch < 1_000; batch += 1) {
  const lines = Array.from(
    { length: 100 },
    (_, index) => `${String(batch * 100 + index).padStart(9, '0')}${padding}`,
  );
  writeAll(`${lines.join('\n')}\n`);
}
process.stdout.write('done\n');

function writeAll(text) {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; ) at += writeSync(2, bytes, at);
}
