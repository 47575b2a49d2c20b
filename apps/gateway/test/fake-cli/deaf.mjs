// Closes its own end of the input: whoever writes to it gets a broken pipe.
import { closeSync } from 'node:fs';

closeSync(0);
process.stdout.write('ready\n');
setInterval(() => {}, 60_000);
