import type { Shell } from '../shell.ts';
import { copyState } from '../shell-state.ts';
import { placesOf } from '../touch-path.ts';

/** A shell as a command has it that is started in another directory. */
export function movedTo(directory: string, shell: Shell): Shell {
  const cwds = placesOf(directory, shell).map((place) => place.path);
  return { ...shell, state: { ...copyState(shell.state), cwds } };
}
