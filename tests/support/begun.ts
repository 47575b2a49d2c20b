import type { AepClient } from '@hotplex/client-sdk';

/** Resolves with the first words that an agent says from now on. */
export const begun = (client: AepClient): Promise<void> =>
  new Promise<void>((resolve) => {
    const off = client.onEvent(({ event }) => {
      if (event.type !== 'message.delta') return;
      off();
      resolve();
    });
  });
