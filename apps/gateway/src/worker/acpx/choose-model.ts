import type { AcpxCommands } from './acpx-commands.ts';

type ModelChoice = {
  commands: AcpxCommands;
  /** The name of the session. */
  session: string;
  model: string;
  /** Whether the agent has had a prompt in this session. */
  saidAnything: boolean;
};

/**
 * Chooses the model of a session; resolves with the reason if that cannot be. NOTE: acpx opens the session anew for it, and
 * an agent that keeps no session in which nothing was said has none to open then. There the choice has to come with the
 * first prompt, and is only looked at here.
 */
export async function chooseModel(choice: ModelChoice): Promise<string | undefined> {
  const { commands, session, model, saidAnything } = choice;
  try {
    if (saidAnything) {
      await commands.run('model_set', ['set', `--session=${session}`, 'model', model]);
      return undefined;
    }
    const { availableModels: offered } = await commands.run('status_snapshot', [
      'status',
      `--session=${session}`,
    ]);
    if (!offered || offered.includes(model)) return undefined;
    return `model ${model} is not offered: use one of ${offered.join(', ')}`;
  } catch (error) {
    return error instanceof Error ? error.message : 'acpx gave no reason';
  }
}
