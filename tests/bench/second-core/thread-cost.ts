/** Microseconds of processor time for each step: of the thread that has the sessions, and of all threads; and how long each took. */
export type Cost = { main: number; all: number; took: number };

/** What a piece of work costs by each of so many steps. */
export async function costOf(steps: number, work: () => Promise<void>): Promise<Cost> {
  const [main, all, began] = [process.threadCpuUsage(), process.cpuUsage(), performance.now()];
  await work();
  const used = ({ user, system }: NodeJS.CpuUsage) => (user + system) / steps;
  return {
    main: used(process.threadCpuUsage(main)),
    all: used(process.cpuUsage(all)),
    took: ((performance.now() - began) * 1_000) / steps,
  };
}
