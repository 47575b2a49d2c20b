// Says what its argument names, in awkward ways.
const [what] = process.argv.slice(2);
if (what === 'split') {
  const bytes = Buffer.from('{"face":"😀"}\n');
  process.stdout.write(bytes.subarray(0, 11), () => process.stdout.write(bytes.subarray(11)));
} else if (what === 'flood') {
  const line = `${'e'.repeat(1023)}\n`;
  let left = 20_000;
  const more = () => {
    while (left-- > 0) if (!process.stderr.write(line)) return process.stderr.once('drain', more);
    process.stdout.write('done\n');
  };
  more();
} else if (what === 'huge')
  process.stdout.write(`first\n${'x'.repeat(100_000)}`, () => setInterval(() => {}, 1_000));
else if (what === 'crash') {
  process.stderr.write('something went wrong\n', () => process.exit(7));
} else
  process.stdin
    .on('data', (chunk) => process.stdout.write(chunk))
    .on('end', () => process.stdout.write('no line feed'));
