/**
 * Prints one plain closing line, `N passed, N failed, N skipped`, for machines that read it; before it, for people, which
 * tests passed at their second chance only.
 */
export default class PlainReporter {
  onTestRunEnd(modules, errors) {
    const count = { passed: 0, failed: 0, skipped: 0 };
    const late = [];
    let broken = errors.length;
    for (const module of modules) {
      const tests = [...module.children.allTests()];
      for (const test of tests) {
        const { state } = test.result();
        count[state] = (count[state] ?? 0) + 1;
        if (test.diagnostic()?.flaky) late.push(`${module.relativeModuleId}: ${test.fullName}`);
      }
      if (module.state() === 'failed' && !tests.some((test) => test.result().state === 'failed')) broken += 1;
    }
    for (const name of late) console.log(`passed at the second chance only: ${name}`);
    console.log(`${count.passed} passed, ${count.failed + broken} failed, ${count.skipped} skipped`);
  }
}
