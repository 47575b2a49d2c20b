// Complains on stderr and fails.
process.stderr.write('reading the plan\nout of coffee\n', () => process.exit(3));
