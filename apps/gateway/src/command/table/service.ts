import { systemHome } from '../../system-home.ts';
import type { CommandDescription } from '../command.ts';
import { configOption, jsonOption } from './shared-options.ts';

export const service = {
  name: 'service',
  group: 'gateway',
  purpose: 'the gateway as a service of your system: it starts with it, and again after a crash',
  actions: {
    install: { purpose: 'for systemd (Linux) or launchd (macOS); starts it, too' },
    uninstall: { purpose: 'end it and take it out; data stays' },
    status: { purpose: 'what the service manager says of it' },
  },
  options: {
    system: { purpose: 'systemd: for the whole machine, as user hotplex; otherwise for you alone' },
    print: { purpose: 'install: show what would be written, and write nothing' },
    ...jsonOption,
    ...configOption,
  },
  examples: [
    ['service install --print', 'look first'],
    ['service install --config ~/hotplex.yaml', 'for you; loginctl enable-linger keeps it when you log out'],
    ['service install --system --print', 'a unit for /etc/systemd/system'],
  ],
  notes: [
    'The service has the configuration that --config names, and none of your shell’s variables but PATH. What it logs is in',
    'the journal: journalctl --user -u hotplex. With --system it runs as the user hotplex, who must exist, writes below',
    `${systemHome} alone, which must be there, and sees no homes.`,
  ],
  exitCodes: { 0: 'done; status: it runs', 1: 'the service manager refused', 3: 'status: it does not run' },
} as const satisfies CommandDescription;
