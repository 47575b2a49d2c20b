// Waits until it is killed, whatever happens to its input.
process.stdout.write('ready\n');
setInterval(() => {}, 60_000);
