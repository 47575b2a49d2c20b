/** Opens the store at a path, prints how that went, and holds it until it is killed. `--as-nobody` gives up root first. */
import { systemClock } from '../../../src/ground/clock.ts';
import { openSqliteStore } from '../../../src/store/sqlite-store.ts';

const [path = '', option] = process.argv.slice(2);
const nobody = 65534;
if (option === '--as-nobody' && process.getuid?.() === 0) process.setuid?.(nobody);

try {
  await openSqliteStore({ path, clock: systemClock });
  console.log('open');
} catch (error) {
  console.log(String(error));
}
process.stdin.resume();
