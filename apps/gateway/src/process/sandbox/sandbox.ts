import { isWithin } from '../../ground/follow-path.ts';
import type { Isolation } from '../isolation.ts';
import { createResourceLimits } from '../resource-limits.ts';
import { type Bridge, withBridge } from './bridge/with-bridge.ts';
import { toMountArguments } from './mounts.ts';
import { type PlacesOptions, toPlaces } from './places.ts';

export type SandboxOptions = Pick<PlacesOptions, 'hidden' | 'readable' | 'writable' | 'guardedNames'> & {
  /** Absolute path of bubblewrap. */
  bwrap: string;
  /** `open` is the machine's. Otherwise not even loopback is shared with it, and all that leads out is the bridge. */
  network: 'open' | 'none' | Bridge;
};

/**
 * What does not depend on the program. NOTE: no `--die-with-parent`: agents outlive the gateway, and all of a sandbox die
 * with its first process, which the kernel sees to. `--new-session` keeps it from typing into our terminal (CVE-2017-5226).
 */
const always = [
  ...['--unshare-user', '--disable-userns', '--unshare-pid', '--unshare-ipc', '--unshare-uts'],
  ...['--unshare-cgroup-try', '--cap-drop', 'ALL', '--new-session', '--proc', '/proc', '--dev', '/dev'],
];

/**
 * Walls by Linux namespaces, put up by bubblewrap: a program sees the system read-only, its own state, its work dir and
 * its own processes.
 * NOTE: bubblewrap is started with the program's environment, not ours: it stays in /proc/1/environ of the sandbox (B3).
 */
export function createSandbox({ bwrap, network, readable, ...places }: SandboxOptions): Isolation {
  const limits = createResourceLimits();
  const bridge = typeof network === 'object' ? network : undefined;
  const networkName = typeof network === 'object' ? 'allow-list' : network;
  return {
    level: 'sandbox',
    network: networkName,
    wall(options) {
      const { file, args, cwd, needs = { state: [] } } = options;
      if (network !== 'open' && needs.serves) {
        throw new Error(
          `${file} is talked to over loopback and cannot work with worker.sandbox.network ${networkName}: choose open, or another agent`,
        );
      }
      // The gateway's own does not exist in there.
      const env = { ...options.env, TMPDIR: '/tmp' };
      const program = { file, args, env, readable: [], mounts: [] };
      // Who has no work dir is only asked for its version.
      const run = bridge && needs.workDir !== undefined ? withBridge(program, bridge) : program;
      const { mounts, ...guarding } = toPlaces({
        ...{ ...places, file, env, needs },
        readable: [...readable, ...run.readable],
      });
      const walls = [
        ...always,
        ...(network === 'open' ? [] : ['--unshare-net']),
        ...toMountArguments([...mounts, ...run.mounts]),
        ...['--remount-ro', '/', '--chdir', isWithin(needs.workDir ?? '/', cwd) ? cwd : '/tmp', '--'],
      ];
      return {
        ...guarding,
        ...limits({ file: bwrap, args: [...walls, run.file, ...run.args], cwd, env: run.env }),
      };
    },
  };
}
