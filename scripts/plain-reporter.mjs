/**
 * Prints one plain closing line, `N passed, N failed, N skipped`, for machines that read it; before it, for people, which
 * test files passed at their second chance only. A file that is run again counts as it ended the last time.
 */
export default class PlainReporter {
  #modules = new Map();
  #errors = 0;
  #failedBefore = new Set();

  onTestRunEnd(modules, errors) {
    this.#errors += errors.length;
    for (const module of modules)
      this.#modules.set(`${module.project.name} ${module.moduleId}`, outcome(module));
    const all = [...this.#modules];
    for (const [id, { name, isBad }] of all) {
      if (isBad) this.#failedBefore.add(id);
      else if (this.#failedBefore.has(id)) console.log(`passed at the second chance only: ${name}`);
    }
    const sum = (key) => all.reduce((total, [, its]) => total + its[key], 0);
    console.log(`${sum('passed')} passed, ${sum('failed') + this.#errors} failed, ${sum('skipped')} skipped`);
  }
}

function outcome(module) {
  const count = { passed: 0, failed: 0, skipped: 0 };
  for (const test of module.children.allTests()) {
    const { state } = test.result();
    count[state] = (count[state] ?? 0) + 1;
  }
  // What failed outside its tests has none that says so.
  if (module.state() === 'failed' && count.failed === 0) count.failed = 1;
  return { ...count, name: module.relativeModuleId, isBad: !module.ok() };
}
