import type { SessionConfig } from '@hotplex/aep-protocol';
import type { Identity } from '../auth/identity.ts';
import { GatewayError } from '../ground/gateway-error.ts';
import type { WorkerDefinition } from '../worker/worker.ts';
import { newRecord, sharedIdOf } from './new-record.ts';

type Wish = { identity: Identity; workerType: string; key: string; config?: SessionConfig };

type Surroundings = Omit<Parameters<typeof newRecord>[1], 'implied'> & {
  findWorker(type: string, config?: SessionConfig): { definition: WorkerDefinition; config?: SessionConfig };
};

/**
 * The ids that the session of a request may have (rule H6): the key itself, then what follows from it. None for a new
 * conversation, and none that follow from what cannot be opened here.
 *
 * NOTE: a key goes with the real folder it was used in. Nodes have to agree on the default one, and on a node without the
 * folder only the session's id finds it.
 */
export function* possibleIds(
  { identity, workerType, key, config = {} }: Wish,
  { findWorker, ...surroundings }: Surroundings,
): Generator<string> {
  if (key === '') return;
  yield key;
  try {
    const { definition, config: implied } = findWorker(workerType, config);
    const made = newRecord(
      { identity, definition, key, config, title: undefined },
      { ...surroundings, implied },
    );
    yield made.id;
    if (identity.botId !== null) yield sharedIdOf(made);
  } catch (error) {
    if (!(error instanceof GatewayError)) throw error;
  }
}
