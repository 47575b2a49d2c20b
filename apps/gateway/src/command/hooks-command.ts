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
import { type OpenCredentials, openCredentials } from '../store/sqlite/open-credentials.ts';
import type { Command } from './command.ts';
import { openConfig } from './open-config.ts';
import { parseArguments } from './parse-arguments.ts';
import { recordOperator } from './record-operator.ts';

const help = `hotplex hooks – who outside is told of what happens in sessions (section hooks of the configuration)

  hotplex hooks list          the targets, and of which events each is told
  hotplex hooks test NAME     tell one target of a made-up event, now; exit code 1 if it does not take it
  hotplex hooks dead          deliveries that were given up, and why
  hotplex hooks retry ID      try a dead one again; without ID: all of them. The gateway does it within a minute

  --config FILE     the configuration with the targets`;

const options = { config: { type: 'string', short: 'c' } } as const;

/** Shows and tries the targets of hooks, and goes on with what was given up. */
export const hooksCommand: Command = {
  name: 'hooks',
  usage: [['hooks list | test NAME | dead | retry [ID]', 'who is told of events; see hotplex hooks --help']],
  help,
  async run(args) {
    const { values, positionals } = parseArguments(args, options);
    const [what = '', name = '', ...more] = positionals;
    const takesName = what === 'test' ? name !== '' : what === 'retry' || name === '';
    if (!/^(list|test|dead|retry)$/.test(what) || !takesName || more.length > 0)
      throw new StartError(
        'it is: hotplex hooks list, test NAME, dead, or retry [ID]: see hotplex hooks --help',
      );
    const { config, files } = openConfig(values.config);
    if (what === 'list') return list(config.hooks.targets);
    if (what === 'test') return await test(name, { config, files });
    using store = await openCredentials(expandPath(config.db.path));
    return what === 'dead' ? showDead(store) : retry(store, name);
  },
};

function list(targets: readonly HookTarget[]): number {
  for (const { name, url, command, format, events } of targets) {
    // The path of an address is often its secret.
    const where = url === undefined ? command?.[0] : new URL(url).origin;
    console.log(`${name}  ${where} (${format}): ${events.join(', ')}`);
  }
  if (targets.length === 0) console.log('No targets: see docs/hooks.md.');
  return 0;
}

async function test(
  name: string,
  { config, files }: { config: Config; files: readonly string[] },
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
  console.log(outcome.taken ? `${name} took it.` : `${name} did not take it: ${outcome.problem}`);
  return outcome.taken ? 0 : 1;
}

function showDead(store: OpenCredentials): number {
  const dead = store.deadDeliveries();
  for (const { id, target, sessionId, message, attempts, problem } of dead) {
    const { type, timestamp } = JSON.parse(message) as { type: string; timestamp: string };
    console.log(`${id}  ${target}  ${type} of ${sessionId}, ${timestamp}: ${attempts} attempts, ${problem}`);
  }
  if (dead.length === 0) console.log('None.');
  return 0;
}

function retry(store: OpenCredentials, named: string): number {
  const dead = store.deadDeliveries().filter(({ id }) => named === '' || String(id) === named);
  if (named !== '' && dead.length === 0)
    throw new StartError(`there is no dead delivery ${named}: see hotplex hooks dead`);
  const revived = dead.filter(({ id }) => store.reviveDelivery(id, clock.now())).length;
  recordOperator(store, named === '' ? 'hooks retry' : `hooks retry ${named}`);
  console.log(`${revived} ${revived === 1 ? 'delivery is' : 'deliveries are'} tried again within a minute.`);
  return 0;
}
