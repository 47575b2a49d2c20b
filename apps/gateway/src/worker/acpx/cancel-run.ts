import type { AcpxCommands } from './acpx-commands.ts';

type CancelRunOptions = {
  commands: AcpxCommands;
  /** The name of the session. */
  session: string;
  run: { readonly over: boolean };
};

/** How often a turn is cancelled before it is left to the session's patience: between two steps there is nothing to cancel. */
const tries = 5;

/**
 * Cancels what runs in a session until this run is over. Resolves once no cancellation is on its way any more; never
 * rejects. NOTE: acpx cancels whatever runs when the word arrives, which takes a process of its own: a turn that ended
 * meanwhile has to be followed by nothing until then. An owner that never answers would answer no prompt either.
 */
export async function cancelRun({ commands, session, run }: CancelRunOptions): Promise<void> {
  for (let attempt = 0; attempt < tries && !run.over; attempt++) {
    const answer = await commands
      .run('cancel_result', ['cancel', `--session=${session}`])
      .catch(() => undefined);
    if (answer?.cancelled) return;
  }
}
