import { dirname } from 'node:path';
import { type ChosenIsolation, chooseIsolation } from '../choose-isolation.ts';
import type { Config } from '../config-schema.ts';
import { gatewayPlaces } from '../gateway-places.ts';
import { egressDirOf } from '../open-egress.ts';
import { expandPath } from '../start-checks.ts';
import { openWorkers } from '../workers.ts';
import type { RunCommand } from './command.ts';
import { type Finding, find } from './doctor/finding.ts';
import { lookAtDatabase } from './doctor/look-at-database.ts';
import { lookAtDoor, lookAtKeys } from './doctor/look-at-door.ts';
import { lookAtIsolation } from './doctor/look-at-isolation.ts';
import { lookAtRoom } from './doctor/look-at-room.ts';
import { readMachineLimits } from './doctor/machine-limits.ts';
import { openConfig } from './open-config.ts';
import { readArguments } from './read-arguments.ts';
import { doctor } from './table/doctor.ts';

const marks: Readonly<Record<Finding['state'], string>> = { ok: 'ok', warning: 'WARNING', failed: 'FAILED' };

/** Proves what this machine can do. */
export const runDoctor: RunCommand = async (args) => {
  const { values } = readArguments(doctor, args);
  const { config, files } = openConfig(values.config);
  const findings = await examine(config, files);
  const ok = findings.every(({ state }) => state !== 'failed');
  if (values.json) console.log(JSON.stringify({ ok, checks: findings }));
  else
    for (const { check, state, message } of findings) {
      console.log(`${marks[state].padEnd(8)} ${check.padEnd(10)} ${message}`);
    }
  return ok ? 0 : 1;
};

async function examine(config: Config, files: readonly string[]): Promise<Finding[]> {
  const dataDir = dirname(expandPath(config.db.path));
  const { gatewayDirs: hidden } = gatewayPlaces(config, files);
  let chosen: ChosenIsolation | undefined;
  const isolation = await find('isolation', async () => {
    const egressDir = egressDirOf(dataDir);
    chosen = await chooseIsolation(config, { hidden, egressDir, environment: process.env });
    return lookAtIsolation(chosen, dataDir);
  });
  return [
    isolation,
    await find('door', () => lookAtDoor(config)),
    await find('keys', () => lookAtKeys(config, dataDir)),
    await find('database', () => lookAtDatabase(config.db)),
    await find('agents', () => lookAtAgents(config, chosen)),
    await find('room', () => lookAtRoom(config, readMachineLimits())),
  ];
}

async function lookAtAgents(
  config: Config,
  isolation: ChosenIsolation | undefined,
): Promise<Omit<Finding, 'check'>> {
  const { definitions } = openWorkers(config, isolation && { isolation });
  const found = await Promise.all(
    definitions.map(async ({ type, tested, isolation: level = 'none', locate }) => {
      const availability = await locate();
      const isReal = tested !== null;
      if (!availability.available) return { isReal: false, words: `${type}: ${availability.reason}` };
      return { isReal, words: `${type} ${availability.version ?? ''} (${level})` };
    }),
  );
  const message = found.map(({ words }) => words).join('; ');
  return { state: found.some(({ isReal }) => isReal) ? 'ok' : 'warning', message };
}
