/** What the doctor found out about one thing. `warning`: it works, and is weaker than it should be. */
export type Finding = {
  check: 'isolation' | 'door' | 'keys' | 'database' | 'agents' | 'room';
  state: 'ok' | 'warning' | 'failed';
  /** What was found, and the remedy if there is something to be remedied. */
  message: string;
};

/** A check that throws has failed, with its words. */
export async function find(
  check: Finding['check'],
  look: () => Omit<Finding, 'check'> | Promise<Omit<Finding, 'check'>>,
): Promise<Finding> {
  try {
    return { check, ...(await look()) };
  } catch (error) {
    return { check, state: 'failed', message: error instanceof Error ? error.message : String(error) };
  }
}
