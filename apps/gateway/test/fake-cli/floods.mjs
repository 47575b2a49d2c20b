// Writes so many megabytes of numbered lines to stdout as fast as it is taken, then waits.
import { writeSync } from 'node:fs';

const padding = '.'.repeat(1_012);
for (let number = 0; number < Number(process.argv[2]) * 1_024; number += 1_024) {
  const lines = Array.from(
    { length: 1_024 },
    (_, index) => `${String(number + index).padStart(11, '0')}${padding}\n`,
  );
  const bytes = Buffer.from(lines.join(''));
  for (let at = 0; at < bytes.length; ) at += writeSync(1, bytes, at);
}
setInterval(() => {}, 60_000);
