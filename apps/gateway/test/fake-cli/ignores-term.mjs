// Does not obey SIGTERM. Tells its parent, if that listens, and its output that it is ready.
process.on('SIGTERM', () => {});
process.stdout.write('ready\n');
process.send?.('ready');
setInterval(() => {}, 60_000);
