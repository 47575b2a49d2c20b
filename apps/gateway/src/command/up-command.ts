import { dirname } from 'node:path';
import manifest from '../../package.json' with { type: 'json' };
import { newSignInCode, toSignInLink } from '../auth/sign-in-code.ts';
import type { Config } from '../config-schema.ts';
import { findGateway, type GatewayRecord } from '../gateway-record.ts';
import { systemClock as clock } from '../ground/clock.ts';
import { createIds } from '../ground/ids.ts';
import { StartError } from '../ground/start-error.ts';
import { listAgents } from '../list-agents.ts';
import { expandPath } from '../start-checks.ts';
import { prepareLocation } from '../store/sqlite/prepare-location.ts';
import { openWorkers } from '../workers.ts';
import type { RunCommand } from './command.ts';
import { ensureGateway } from './gateway/ensure-gateway.ts';
import { healthProblem } from './gateway/health-problem.ts';
import { type Door, doorOf } from './gateway/own-door.ts';
import { waitFor } from './gateway/wait-for.ts';
import { openConfig } from './open-config.ts';
import { openCredentials } from './open-credentials.ts';
import { readArguments } from './read-arguments.ts';
import { recordOperator } from './record-operator.ts';
import { up } from './table/up.ts';
import { findOpener, openBrowser } from './up/open-browser.ts';
import { upData, upWords } from './up/up-words.ts';

/** How long a gateway that is there may take until it is well, ms. */
const patienceMs = 15_000;

/** Has a gateway run in the background, and hands out a link to its web chat. */
export const runUp: RunCommand = async (args) => {
  const { values } = readArguments(up, args);
  const { config } = openConfig(values.config);
  const dataDir = dirname(prepareLocation(expandPath(config.db.path)));
  const running = findGateway(dataDir);
  if (running) refuseOther(running);
  const [{ record, started }, agents] = await Promise.all([
    ensureGateway({
      ...{ running, dataDir, configFile: values.config, config },
      replaces: ({ url }) =>
        console.error(`The gateway at ${url} ends with the command it runs for: another takes its place.`),
    }),
    listAgents(openWorkers(config).definitions),
  ]);
  const door = doorOf(config, record);
  await untilWell(record, door);
  const link = await newLink(config, config.webchat.url ?? door.url);
  const opener = values['no-open'] || values.json ? undefined : findOpener(process);
  const opened = opener !== undefined && (await openBrowser(opener, link, dataDir));
  const found = { record, started, link, agents, dataDir, opened };
  console.log(values.json ? JSON.stringify(upData(found)) : upWords(found));
  return 0;
};

/** This program may not know the data of another version, nor that what this one writes there. */
function refuseOther({ version, bound, ending }: GatewayRecord): void {
  if (version === manifest.version || bound || ending) return;
  throw new StartError(
    `a gateway of version ${version} runs here, and this is ${manifest.version}: put this one in its place with hotplex gateway restart`,
  );
}

async function untilWell({ pid, url, log_file: logFile }: GatewayRecord, door: Door): Promise<void> {
  let problem: string | undefined;
  const isWell = await waitFor(async () => {
    problem = await healthProblem(door);
    return problem === undefined ? true : undefined;
  }, patienceMs);
  if (isWell) return;
  const where = logFile === null ? '' : `look into ${logFile}, or `;
  throw new StartError(
    `the gateway at ${url} (process ${pid}) does not answer: ${problem}; ${where}begin anew with hotplex gateway restart`,
  );
}

async function newLink(config: Config, base: string): Promise<string> {
  using store = await openCredentials(config);
  const code = newSignInCode({ store, ids: createIds(), clock });
  recordOperator(store, 'up: sign-in link');
  return toSignInLink(base, code);
}
