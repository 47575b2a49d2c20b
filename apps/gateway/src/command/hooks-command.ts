import { dirname } from 'node:path';
import type { Config } from '../config-schema.ts';
import { createHookSender } from '../gateway-hooks.ts';
import { gatewayPlaces } from '../gateway-places.ts';
import { systemClock as clock } from '../ground/clock.ts';
import { createIds } from '../ground/ids.ts';
import { StartError } from '../ground/start-error.ts';
import { toMessage } from '../hooks/hook-message.ts';
import { splitAddress, toUrl } from '../listen-address.ts';
import type { HookTarget } from '../settings/hooks-settings.ts';
import { expandPath } from '../start-checks.ts';
import type { RunCommand } from './command.ts';
import { openConfig } from './open-config.ts';
import { type OpenCredentials, openCredentials } from './open-credentials.ts';
import { readArguments } from './read-arguments.ts';
import { recordOperator } from './record-operator.ts';
import { hooks } from './table/hooks.ts';

/** Shows and tries the targets of hooks, and goes on with what was given up. */
export const runHooks: RunCommand = async (args) => {
  const { action, words, values } = readArguments(hooks, args);
  const { config, files } = openConfig(values.config);
  const [name = ''] = words;
  const json = values.json === true;
  if (action === 'list') return list(config.hooks.targets, json);
  if (action === 'test') return await test(name, { config, files, json });
  using store = await openCredentials(config);
  return action === 'dead' ? showDead(store, json) : retry(store, { named: name, json });
};

function list(targets: readonly HookTarget[], json: boolean): number {
  const listed = targets.map(({ name, url, command, format, events }) => ({
    name,
    // The path of an address is often its secret.
    target: url === undefined ? command?.[0] : new URL(url).origin,
    format,
    events,
  }));
  if (json) console.log(JSON.stringify(listed));
  else
    for (const { name, target, format, events } of listed)
      console.log(`${name}  ${target} (${format}): ${events.join(', ')}`);
  if (targets.length === 0 && !json) console.log('No targets: see docs/hooks.md.');
  return 0;
}

async function test(
  name: string,
  { config, files, json }: { config: Config; files: readonly string[]; json: boolean },
): Promise<number> {
  const target = config.hooks.targets.find((known) => known.name === name);
  if (!target) throw new StartError(`there is no target ${name}: see hotplex hooks list`);
  const dataDir = dirname(expandPath(config.db.path));
  const { gatewayPorts } = gatewayPlaces(config, files);
  const webchatUrl = () =>
    config.webchat.url ??
    toUrl(splitAddress(config.gateway.addr), config.gateway.tls.cert === undefined ? 'http' : 'https');
  const send = createHookSender({ config, dataDir, gatewayPorts, webchatUrl, clock });
  const session = {
    id: '00000000',
    title: 'A test',
    ownerId: 'operator',
    workerType: 'demo',
    workDir: dataDir,
  };
  const event = {
    ...{ seq: 1, id: createIds().event(), type: 'worker.notice', turnId: null, timestamp: clock.now() },
    data: JSON.stringify({ kind: 'info', message: 'hotplex hooks test' }),
  };
  const message = JSON.stringify(toMessage(session, event, target.content));
  const outcome = await send(target, { sessionId: session.id, eventId: event.id, message });
  if (json) console.log(JSON.stringify({ name, ...outcome }));
  else console.log(outcome.taken ? `${name} took it.` : `${name} did not take it: ${outcome.problem}`);
  return outcome.taken ? 0 : 1;
}

function showDead(store: OpenCredentials, json: boolean): number {
  const dead = store.deadDeliveries().map(({ id, target, sessionId, message, attempts, problem }) => {
    const { type, timestamp } = JSON.parse(message) as { type: string; timestamp: string };
    return { id, target, type, session_id: sessionId, timestamp, attempts, problem };
  });
  if (json) console.log(JSON.stringify(dead));
  else
    for (const { id, target, type, session_id, timestamp, attempts, problem } of dead)
      console.log(
        `${id}  ${target}  ${type} of ${session_id}, ${timestamp}: ${attempts} attempts, ${problem}`,
      );
  if (dead.length === 0 && !json) console.log('None.');
  return 0;
}

function retry(store: OpenCredentials, { named, json }: { named: string; json: boolean }): number {
  const dead = store.deadDeliveries().filter(({ id }) => named === '' || String(id) === named);
  if (named !== '' && dead.length === 0)
    throw new StartError(`there is no dead delivery ${named}: see hotplex hooks dead`);
  const revived = dead.filter(({ id }) => store.reviveDelivery(id, clock.now())).length;
  recordOperator(store, named === '' ? 'hooks retry' : `hooks retry ${named}`);
  if (json) console.log(JSON.stringify({ revived }));
  else
    console.log(
      `${revived} ${revived === 1 ? 'delivery is' : 'deliveries are'} tried again within a minute.`,
    );
  return 0;
}
