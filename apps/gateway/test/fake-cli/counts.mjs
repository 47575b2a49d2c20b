// Writes as many numbered lines as its first argument says, of up to so many bytes as its second, and then waits.
// What it hears it answers with `heard …`.
const [count, longest] = process.argv.slice(2).map(Number);

process.stdin.setEncoding('utf8');
let heard = '';
process.stdin.on('data', (text) => {
  const lines = `${heard}${text}`.split('\n');
  heard = lines.pop();
  for (const line of lines) process.stdout.write(`heard ${line}\n`);
});
let number = 0;
(function next() {
  // Different lengths, so that a cut may fall anywhere.
  const burst = Array.from({ length: Math.min(1 + (number % 7), count - number) }, () => {
    number += 1;
    return `${number} ${'é'.repeat((number * 7919) % longest)}\n`;
  });
  process.stdout.write(burst.join(''));
  if (number < count) setTimeout(next, 1);
  else process.stdout.write('done\n');
})();
