// Answers with what it hears, and ends when its input ends.
process.stdin.pipe(process.stdout);
