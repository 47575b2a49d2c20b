import { basename } from 'node:path';
import type { Isolation } from '../isolation.ts';
import { type GuardedName, guardNames } from '../sandbox/guarded-names.ts';
import { toVolumes } from './volumes.ts';

export type ContainerOptions = {
  /** Absolute path of a program that runs containers as `docker` does. */
  command: string;
  /** What it needs of the gateway's environment to find its engine. */
  engine: Readonly<Record<string, string>>;
  image: string;
  network: string;
  /** Further arguments of `run`. */
  args: readonly string[];
  /** How much memory a container may use; 0 for any. */
  memoryBytes: number;
  guardedNames: readonly GuardedName[];
};

/** The variables that belong to the machine and not to the program: the image has its own. */
const ofTheMachine = new Set(['PATH', 'TMPDIR', 'SHELL']);

/**
 * What does not depend on the program: nothing is kept, nothing is gained, and what it leaves behind is reaped.
 * NOTE: engines write down what a program says, podman in the journal of the machine, where it would outlive its session;
 * fetch an image that is not there, from whoever has its name; and let nothing run that lies in a tmpfs
 * (docs.docker.com, "docker container run"; man 1 podman-run).
 */
const always = [
  ...['run', '--rm', '--interactive', '--init', '--pull=never', '--log-driver=none', '--read-only'],
  ...['--tmpfs=/tmp:exec', '--cap-drop=ALL', '--security-opt=no-new-privileges', '--ulimit=core=0'],
];

/**
 * Walls by containers, put up by a command such as `docker` or `podman`. The program is the image's of the same name, and no
 * entrypoint of the image comes before it; its state and its work dir are where they are outside.
 * NOTE: values of variables go to the command by its environment: arguments can be read by everybody (E3). A command that is
 * killed leaves its container, so that is removed by name.
 */
export function createContainer(options: ContainerOptions): Isolation {
  const { command, engine, image, network, memoryBytes, guardedNames } = options;
  return {
    level: 'container',
    wall({ file, args, cwd, env, needs = { state: [] } }, mark) {
      if (needs.serves) {
        throw new Error(
          `${file} is talked to over loopback, which isolation container does not share: choose sandbox`,
        );
      }
      const { workDir } = needs;
      const { mounts, ...guarding } = guardNames(workDir ?? '/', workDir === undefined ? [] : guardedNames);
      const name = `hotplex-${mark}`;
      const names = Object.keys(env).filter((variable) => !ofTheMachine.has(variable));
      return {
        ...guarding,
        file: command,
        cwd,
        env: { ...env, ...engine },
        args: [
          ...[...always, `--name=${name}`, `--network=${network}`, `--user=${userOf(process)}`],
          ...[`--workdir=${workDir === undefined ? '/tmp' : cwd}`, `--entrypoint=${basename(file)}`],
          ...(memoryBytes > 0 ? [`--memory=${memoryBytes}`] : []),
          ...toVolumes({ needs, home: env.HOME, guards: mounts }),
          ...names.map((variable) => `--env=${variable}`),
          ...[...options.args, image, ...args],
        ],
        afterwards: { file: command, args: ['rm', '--force', name], env: { ...engine } },
      };
    },
  };
}

/** Files in the work dir stay the user's. */
function userOf({ getuid, getgid }: NodeJS.Process): string {
  return `${getuid?.() ?? 0}:${getgid?.() ?? 0}`;
}
