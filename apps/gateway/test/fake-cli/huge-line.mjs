// Writes a short line, then one line of as many bytes as its argument says, then waits.
const size = Number(process.argv[2]);

process.stdout.write(`before\n${'x'.repeat(size)}\n`);
process.stdin.resume();
