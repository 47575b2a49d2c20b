// Writes lines that carry the moment they were written, at the pace of the first argument (lines a second), as many as the
// second says, each of about as many bytes as a streamed token of a real agent.
const [rate, count] = process.argv.slice(2).map(Number);
const padding = 'x'.repeat(200);
let number = 0;
(function next() {
  process.stdout.write(`${process.hrtime.bigint()} ${padding}\n`);
  number += 1;
  if (number < count) setTimeout(next, 1_000 / rate);
})();
