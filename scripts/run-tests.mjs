// Vitest with its arguments. Of whole processes, one is held up now and then on a busy machine: files of such tests that failed
// get a second chance at the end, from their beginning, unless there are so many that it is no accident.
import { createVitest, parseCLI } from 'vitest/node';

const mostAccidents = 6;

// As its command sets them; Vite would make it `development`, which every program that a test starts would have.
Object.assign(process.env, { TEST: 'true', VITEST: 'true' });
process.env.NODE_ENV ??= 'test';

const { filter, options } = parseCLI(['vitest', 'run', ...process.argv.slice(2)]);
const { exclude = [], ...rest } = options;
const vitest = await createVitest(
  { ...rest, cliExclude: [exclude].flat(), watch: false },
  {},
  { cliFilters: filter },
);
/** One that did not even begin is no better than one that failed. */
const isGood = (module) => module.ok() && !['pending', 'queued'].includes(module.state());
const first = await vitest.start(filter);
const failed = first.testModules.filter((module) => !isGood(module));
const isAccident =
  first.unhandledErrors.length === 0 &&
  failed.length <= mostAccidents &&
  failed.every(({ project }) => project.name !== 'unit');
let isWell = failed.length === 0 && first.unhandledErrors.length === 0;
if (failed.length > 0 && isAccident) {
  const second = await vitest.runTestSpecifications(failed.map((module) => module.toTestSpecification()));
  isWell = second.unhandledErrors.length === 0 && second.testModules.every(isGood);
}
await vitest.close();
process.exit(isWell ? 0 : 1);
