import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { endingPatienceMs } from '../ending-time.ts';
import { StartError } from '../ground/start-error.ts';
import { expandPath } from '../start-checks.ts';
import type { RunCommand } from './command.ts';
import { openConfig } from './open-config.ts';
import { readArguments } from './read-arguments.ts';
import { launchdLabel, launchdPlist } from './service/launchd-plist.ts';
import { refuseHomes } from './service/refuse-homes.ts';
import { type ServiceProgram, systemdUnit } from './service/systemd-unit.ts';
import { service as description } from './table/service.ts';
import { UsageError } from './usage-error.ts';

/** A service manager: where its file lies, and what one says to it. */
type ServiceManager = {
  file: string;
  start: readonly (readonly string[])[];
  stop: readonly string[];
  status: readonly string[];
};

/** Puts the gateway into the hands of the service manager of this system, and takes it out again. */
export const runService: RunCommand = async (args) => {
  const { action, values } = readArguments(description, args);
  const isSystem = values.system === true;
  const manager = process.platform === 'darwin' ? launchd(isSystem) : systemd(isSystem);
  const print = (words: string, data: object) => console.log(values.json ? JSON.stringify(data) : words);
  if (action === 'install') {
    const text = fileText(values.config, isSystem);
    if (values.print) print(text.trimEnd(), { file: manager.file, text });
    else {
      mkdirSync(dirname(manager.file), { recursive: true });
      writeFileSync(manager.file, text);
      for (const call of manager.start) order(call);
      print(`${manager.file} is written, and the gateway runs.`, { file: manager.file });
    }
    return 0;
  }
  if (action === 'uninstall') {
    const isThere = existsSync(manager.file);
    if (isThere) {
      order(manager.stop);
      rmSync(manager.file);
    }
    print(isThere ? `${manager.file} is gone; data stays.` : 'No service is installed.', {
      removed: isThere,
    });
    return 0;
  }
  const [program = '', ...words] = manager.status;
  const { status, stdout } = spawnSync(program, words, { encoding: 'utf8' });
  const runs = status === 0;
  print(runs ? stdout.trimEnd() : 'The service does not run.', {
    installed: existsSync(manager.file),
    running: runs,
  });
  return runs ? 0 : 3;
};

/** What the service manager is told of the gateway. Throws StartError if that could not start. */
function fileText(configFile: string | undefined, isSystem: boolean): string {
  const { config } = openConfig(configFile);
  const given = configFile ?? process.env.HOTPLEX_CONFIG;
  if (isSystem) refuseHomes([process.execPath, realpathSync(process.argv[1] ?? '')]);
  const program: ServiceProgram = {
    command: [
      ...[process.execPath, process.argv[1] ?? '', 'serve'],
      ...(given === undefined ? [] : ['--config', expandPath(given)]),
    ],
    path: process.env.PATH ?? '/usr/local/bin:/usr/bin:/bin',
    isSystem,
    stopSeconds: Math.ceil((config.gateway.drain_timeout + endingPatienceMs) / 1_000),
  };
  if (process.platform !== 'darwin') return systemdUnit(program);
  return launchdPlist(program, { logFile: join(dirname(expandPath(config.db.path)), 'gateway.log') });
}

function systemd(isSystem: boolean): ServiceManager {
  const control = ['systemctl', ...(isSystem ? [] : ['--user'])];
  const home = process.env.XDG_CONFIG_HOME ?? join(homedir(), '.config');
  const folder = isSystem ? '/etc/systemd/system' : join(home, 'systemd/user');
  return {
    file: join(folder, 'hotplex.service'),
    start: [
      [...control, 'daemon-reload'],
      [...control, 'enable', '--now', 'hotplex.service'],
    ],
    stop: [...control, 'disable', '--now', 'hotplex.service'],
    status: [...control, 'status', '--no-pager', 'hotplex.service'],
  };
}

function launchd(isSystem: boolean): ServiceManager {
  if (isSystem) throw new UsageError('--system is for systemd: launchd runs the gateway for you alone');
  const domain = `gui/${process.getuid?.() ?? 0}`;
  const file = join(homedir(), 'Library/LaunchAgents', `${launchdLabel}.plist`);
  return {
    file,
    start: [['launchctl', 'bootstrap', domain, file]],
    stop: ['launchctl', 'bootout', `${domain}/${launchdLabel}`],
    status: ['launchctl', 'print', `${domain}/${launchdLabel}`],
  };
}

function order([program = '', ...words]: readonly string[]): void {
  const { error, status, stderr } = spawnSync(program, words, { encoding: 'utf8' });
  if (error) throw new StartError(`${program} cannot be run (${error.message}): is it there?`);
  if (status !== 0) throw new StartError(`${program} ${words.join(' ')}: ${stderr.trim()}`);
}
