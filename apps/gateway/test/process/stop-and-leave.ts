// A gateway with nothing left to do but to stop one agent; run by stop-tree.test.ts as a program of its own.
import { startFake } from './start-fake.ts';

const fake = startFake('leaves-grandchild');
const grandchild = Number((await fake.line(0)).split(' ')[1]);
const exit = await fake.process.stop();
process.stdout.write(JSON.stringify({ grandchild, exit }));
