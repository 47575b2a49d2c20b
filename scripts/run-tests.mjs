// Vitest with its arguments. Of whole processes, one is held up now and then on a busy machine: files of such tests that failed
// get a second chance at the end, from their beginning, unless there are so many that it is no accident. What never ends is
// given up, and named.
import { setTimeout } from 'node:timers/promises';
import { createVitest, parseCLI } from 'vitest/node';
import PlainReporter from './plain-reporter.mjs';

const mostAccidents = 6;
/** All of them take less than half of it on two processors. */
const mostMinutes = Number(process.env.HOTPLEX_TEST_MINUTES ?? 60);

// As its command sets them; Vite would make it `development`, which every program that a test starts would have.
Object.assign(process.env, { TEST: 'true', VITEST: 'true' });
process.env.NODE_ENV ??= 'test';

const { filter, options } = parseCLI(['vitest', 'run', ...process.argv.slice(2)]);
const { exclude = [], ...rest } = options;
const plain = new PlainReporter();
const vitest = await createVitest(
  { ...rest, cliExclude: [exclude].flat(), reporters: ['default', plain], watch: false },
  {},
  { cliFilters: filter },
);
const isOpen = (module) => ['pending', 'queued'].includes(module.state());
/** One that did not even begin is no better than one that failed. */
const isGood = (module) => module.ok() && !isOpen(module);
globalThis
  .setTimeout(() => {
    const modules = vitest.state.getTestModules();
    for (const module of modules.filter(isOpen)) console.log(`not ended: ${module.relativeModuleId}`);
    plain.onTestRunEnd(modules, [new Error(`not ended after ${mostMinutes} minutes`)]);
    process.exit(1);
  }, mostMinutes * 60_000)
  .unref();
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
// A program that a test left behind may hold up the end of the process that ran it; ours comes anyway.
await Promise.race([vitest.close(), setTimeout(10_000)]);
process.exit(isWell ? 0 : 1);
