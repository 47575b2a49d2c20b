// Writes the first half of a character, and the other half only when it is asked to go on.
const [first, second] = [Buffer.from('🦊').subarray(0, 2), Buffer.from('🦊').subarray(2)];

process.stdout.write(Buffer.concat([Buffer.from('ready\n'), first]));
process.stdin.once('data', () => {
  process.stdout.write(Buffer.concat([second, Buffer.from('\n')]));
  process.stdin.destroy();
});
