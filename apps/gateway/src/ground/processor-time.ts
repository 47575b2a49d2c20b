/**
 * What this thread has used of a processor, milliseconds: what is measured by it takes no longer because the machine is busy
 * with something else. Node before 23.9 knows it of the whole process only.
 */
export function processorTime(): number {
  const { user, system } = (process.threadCpuUsage ?? process.cpuUsage)();
  return (user + system) / 1_000;
}
