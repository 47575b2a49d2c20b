import type { CommandDescription } from '../command.ts';
import { configOption, jsonOption } from './shared-options.ts';

export const gateway = {
  name: 'gateway',
  group: 'gateway',
  purpose: 'the gateway of this machine’s data, in the background',
  actions: {
    start: { purpose: 'run it here until Ctrl+C; with -d in the background, and come back when it is ready' },
    stop: { purpose: 'let running turns end, for gateway.drain_timeout at most, and end it' },
    restart: { purpose: 'end it and start it anew, in the background; agents that can go on meanwhile do' },
    status: { purpose: 'whether it runs, where, since when, and whether it answers' },
  },
  options: {
    detach: {
      short: 'd',
      purpose: 'start: in the background, with its log in gateway.log beside the database',
    },
    now: { purpose: 'stop: without waiting for turns' },
    ...jsonOption,
    ...configOption,
  },
  examples: [
    ['gateway start -d', 'start it, and leave it running'],
    ['gateway restart', 'after an update'],
    ['gateway status --json', 'for scripts'],
  ],
  notes: [
    'restart keeps the turns of agents that can outlive the gateway (docs/agents.md), for worker.orphan_grace at most; the',
    'others may end their turns first. Give restart the same --config and environment as the gateway had. One that systemd',
    'or launchd runs is restarted by those: see hotplex service. Where hotplex run or chat has started a gateway for itself,',
    'start -d ends that one and takes its place.',
  ],
  exitCodes: {
    0: 'done; status: it runs',
    1: 'it did not work; status: it does not answer',
    3: 'status: it does not run',
  },
} as const satisfies CommandDescription;
