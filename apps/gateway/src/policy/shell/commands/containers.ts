import { isOpen, wild } from '../../place/wildcard.ts';
import { type Call, type Command, unknownData } from '../shell.ts';
import { placesOf, touchPath } from '../touch-path.ts';
import { checkAddress, isUrl } from './check-address.ts';
import { checkLooseWord } from './loose-words.ts';
import { ask, deny } from './objections.ts';
import { parseOptions } from './parse-options.ts';
import { runInside } from './run-inside.ts';
import { judgePhrases } from './service-commands.ts';

/** Options of `docker run`, `create`, `exec` and `build` with a value. From the Docker CLI reference. */
const valued = new Set(
  `-v --volume --mount -e --env --env-file -p --publish -w --workdir -u --user --name -h --hostname --network --net --pid --ipc --uts --userns --cgroupns
  --cap-add --cap-drop --device --device-cgroup-rule --security-opt --volumes-from --entrypoint -l --label --label-file -m --memory --cpus -c --cpu-shares
  --restart --dns --add-host --link --log-driver --log-opt --platform --pull --runtime --shm-size --tmpfs --ulimit --gpus --group-add --expose --ip --mac-address
  --stop-signal --stop-timeout --sysctl --storage-opt --isolation --health-cmd --init-path -a --attach --detach-keys --cidfile --blkio-weight --cpuset-cpus
  -t --tag -f --file --build-arg --target --secret --ssh --output -o --cache-from --cache-to --progress --build-context --iidfile --metadata-file`
    .split(/\s+/)
    .filter((name) => name !== '-a'),
);

/** docker and those that speak like it: what the host gives away to the container (N8), and what runs inside. */
const container: Command = (call) => {
  const { args, shell } = call;
  judgePhrases(call);
  const global = parseOptions(args, {
    valued: new Set([
      '-H',
      '--host',
      '--context',
      '-c',
      '--config',
      '-l',
      '--log-level',
      '--tlscacert',
      '--url',
      '--connection',
      '--root',
    ]),
    stopsAtOperand: true,
  });
  if (global.has('-H', '--host', '--context', '--url', '--connection'))
    ask(call, 'C5', 'it talks to another container host');
  const words =
    global.operands[0] === 'container' || global.operands[0] === 'compose'
      ? global.operands.slice(1)
      : global.operands;
  const [verb = '', ...rest] = words;
  if (!/^(?:run|create|exec|build|buildx)$/.test(verb)) {
    for (const word of rest) checkLooseWord(word, shell, { readOnly: verb !== 'cp' });
    return unknownData;
  }
  const isRun = verb === 'run' || verb === 'create' || verb === 'exec';
  const flags = isRun ? rest.map((word) => word) : rest;
  const options = parseOptions(flags, {
    valued:
      verb === 'exec'
        ? new Set(['-e', '--env', '--env-file', '-w', '--workdir', '-u', '--user', '--detach-keys'])
        : new Set([...valued].filter((name) => !(isRun && /^-[tfo]$/.test(name)))),
    stopsAtOperand: isRun,
  });
  if (isRun) judgeRun(options, call);
  if (isRun && options.operands.length > 1) {
    const entry = options.valuesOf('--entrypoint').filter((text) => text !== '');
    runInside([...entry, ...options.operands.slice(1)], call);
  }
  if (verb === 'build' || verb === 'buildx') {
    for (const word of options.operands)
      if (isUrl(word) || /^git@/.test(word)) ask(call, 'C5', 'it builds what it fetches');
    for (const value of options.valuesOf('--network', '--allow'))
      if (/host|insecure/.test(value)) ask(call, 'C5', 'the build reaches the network of the host');
    for (const value of options.valuesOf('--secret', '--ssh', '--build-context'))
      for (const path of value.matchAll(/(?:src|source|^default|=)=?([~/.][^,]*)/g))
        touchPath('read', path[1] ?? '', shell);
    for (const path of options.operands.slice(-1))
      if (!isUrl(path) && path !== '-') touchPath('tree', path, shell);
    if (options.has('--push')) ask(call, 'C5', 'it publishes an image');
  }
  return unknownData;
};

type Options = ReturnType<typeof parseOptions>;

function judgeRun(options: Options, call: Call): void {
  const { shell } = call;
  if (options.options.some(({ name, value }) => name === '--privileged' && value !== 'false'))
    deny(call, 'N8', 'the container gets all rights over the host');
  for (const mount of options.valuesOf('-v', '--volume'))
    judgeMount(mount.split(':')[0] ?? '', /:ro\b|:[^:]*ro(?:,|$)/.test(mount), call);
  for (const mount of options.valuesOf('--mount')) {
    const source = /(?:^|,)(?:source|src)=([^,]*)/.exec(mount)?.[1];
    if (source !== undefined) judgeMount(source, /(?:^|,)(?:readonly|ro)\b/.test(mount), call);
  }
  for (const key of ['--pid', '--ipc', '--uts', '--userns', '--cgroupns', '--network', '--net'])
    for (const value of options.valuesOf(key))
      if (value === 'host')
        (key === '--pid' ? deny : ask)(call, 'N8', `the container shares ${key.slice(2)} with the host`);
  for (const added of options.valuesOf('--cap-add')) {
    if (/^(?:cap_)?(?:all|sys_admin|sys_ptrace|sys_module|sys_rawio|dac_read_search|bpf)$/i.test(added))
      deny(call, 'N8', 'the container gets rights over the host');
    else ask(call, 'N8', 'the container gets rights over the host');
  }
  for (const option of options.valuesOf('--security-opt'))
    if (/unconfined|disable|systempaths/.test(option)) ask(call, 'N8', 'the container is not confined');
  for (const device of options.valuesOf('--device')) {
    const isDisk =
      /^\/dev\/(?:sd|nvme|vd|xvd|hd|mem|kmem|mapper|loop|dm-|disk|\uE001|\uE000)/.test(device) ||
      device === '/dev';
    if (isDisk) deny(call, 'N8', 'the container gets a raw device of the host');
    else ask(call, 'N8', 'the container gets a device of the host');
  }
  if (options.has('--volumes-from', '--cgroup-parent', '--device-cgroup-rule'))
    ask(call, 'N8', 'the container shares with others');
  for (const file of options.valuesOf('--env-file', '--label-file')) touchPath('read', file, shell);
  for (const file of options.valuesOf('--cidfile')) touchPath('write', file, shell);
  for (const port of options.valuesOf('-p', '--publish'))
    if (/^(?:0\.0\.0\.0|\[::\]):/.test(port)) ask(call, 'C5', 'it listens on the network');
  for (const word of options.operands) if (isUrl(word)) checkAddress(word, shell);
}

/** A directory of the host in a container: the root, the system, secrets or the door to the engine are refused. */
function judgeMount(source: string, readOnly: boolean, call: Call): void {
  const { shell } = call;
  if (!/[/~.\uE000-\uE004]/.test(source)) return;
  if (isOpen(source)) ask(call, 'N8', 'which directory it mounts is not known');
  for (const place of placesOf(source.replaceAll(wild.text, ''), shell)) {
    shell.report.touch(place.path);
    if (
      /(?:docker|podman|containerd|crio)[\w.-]*\.sock$/.test(place.path) ||
      (place.protectedRoot && place.zone !== 'temporary' && place.path !== '/tmp') ||
      place.secret ||
      place.zone === 'device'
    )
      deny(call, 'N8', 'the container gets a protected directory of the host');
    else if (place.zone === 'home-configuration' || place.holdsConfiguration)
      deny(call, 'N8', 'the container gets the configuration of this account');
    else if (place.zone === 'outside' && !readOnly)
      ask(call, 'N8', 'the container gets a directory outside the work directory');
  }
}

/** Container engines. */
export const containerCommands: readonly (readonly [string, Command])[] = [
  'docker',
  'podman',
  'nerdctl',
  'docker-compose',
  'podman-compose',
].map((name) => [name, container] as const);
