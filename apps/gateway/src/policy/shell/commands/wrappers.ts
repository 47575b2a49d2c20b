import { type Call, type Command, type Data, noData, oneOf, unknownData } from '../shell.ts';
import { interpret } from './interpret.ts';
import { judgeVariable } from './judge-variable.ts';
import { movedTo } from './moved-to.ts';
import { ask } from './objections.ts';
import { parseOptions } from './parse-options.ts';
import { judgeRole, type Role } from './run-shaped.ts';

/**
 * Programs that run another one, one line for a kind: names | words before the command | options with a value and what
 * it names (g: where the command then runs) | marks. `ask`: more rights or another place, a question in itself; `text`: the words together are text for
 * a shell; `-c`: an option takes such text; `inside`: what it does stays in a container. From their manuals.
 */
const lines = `
timeout gtimeout | 1 | -k=t -s=t --signal=t --kill-after=t |
nice | 0 | -n=t --adjustment=t |
ionice | 0 | -c=t -n=t -p=t -P=t -u=t --class=t --classdata=t |
nohup setsid eatmydata caffeinate chronic ifne pseudo rlwrap winpty arch i386 linux32 linux64 x86_64 nocache dbus-launch torify tsocks proxychains memusage optirun primusrun gamemoderun mangohud catchsegv | 0 | |
unbuffer fakeroot dbus-run-session xvfb-run trickle torsocks proxychains4 heaptrack | 0 | -l=x -b=x -i=r -s=t -e=w -f=x -n=t -w=t -d=t -u=t -o=w -a=t --server-args=t --server-num=t --error-file=w --config-file=r --lib=x --faked=x --output=w |
setarch | 1 | |
stdbuf | 0 | -i=t -o=t -e=t --input=t --output=t --error=t |
time gtime | 0 | -f=t -o=w --format=t --output=w |
chrt | 1 | -T=t -P=t -D=t -p=t |
taskset | 1 | -p=t |
numactl | 0 | -N=t -m=t -C=t -i=t -p=t --cpunodebind=t --membind=t --physcpubind=t --interleave=t |
cpulimit | 0 | -l=t -p=t -e=t -P=t --limit=t |
prlimit choom | 0 | -n=t -p=t --pid=t |
faketime | 1 | -f=t -p=t -m=t |
datefudge | 1 | |
sudo doas pkexec gosu su-exec please sudo-rs run0 | 0 | -u=t -g=t -p=t -C=t -D=g -h=t -r=t -t=t -T=t -U=t -R=x -c=t --user=t --group=t --prompt=t --chdir=g --host=t --chroot=x --role=t --close-from=t -a=t | ask
unshare | 0 | -R=x -w=g -S=t -G=t --root=x --wd=g --map-user=t --map-group=t --propagation=t --setuid=t --setgid=t | ask
chroot | 1 | --userspec=t --groups=t | ask
setpriv capsh | 0 | --reuid=t --regid=t --groups=t --inh-caps=t --ambient-caps=t --bounding-set=t --securebits=t --selinux-label=t --apparmor-profile=t --user=t --drop=t --caps=t --secbits=t | ask
firejail bwrap proot systemd-nspawn schroot | 0 | --bind=t --ro-bind=t --dev-bind=t --dev=t --proc=t --tmpfs=t --chdir=t --setenv=t -b=t -w=t -r=t -D=t -M=t -c=t -u=t -d=t -S=t --symlink=t --dir=t | ask
systemd-run systemd-inhibit systemd-cat | 0 | -p=t -u=t -E=t -M=t -H=t --unit=t --property=t --setenv=t --description=t --slice=t --on-active=t --on-calendar=t --what=t --who=t --why=t --mode=t -t=t --uid=t --gid=t --working-directory=g --identifier=t | ask
start-stop-daemon daemonize daemon | 0 | -p=w -c=t -u=t -o=w -e=w -l=x -d=g -a=x -x=p --exec=p --startas=p -n=t --pidfile=w --chuid=t --chdir=g | ask
strace ltrace | 0 | -e=t -o=w -p=t -s=t -a=t -b=t -E=t -I=t -O=t -P=l -S=t -u=t -X=t -n=t -l=t --output=w --trace=t --expr=t |
valgrind | 0 | -q=t |
perf | 1 | -o=w -e=t -F=t -g=t -p=t -C=t -a=t |
dotenv dotenvx | 0 | -e=r -f=r -v=t -p=t |
cross-env cross-env-shell | 0 | |
with-contenv s6-setuidgid chpst envdir setlock softlimit setuidgid | 1 | -u=t -e=x |
direnv | 2 | |
nix-shell nix | 0 | -p=t -I=x -A=t --run=s --command=s -c=t | ask
entr | 0 | | 
hyperfine | 0 | -w=t -r=t -m=t -M=t -p=s --prepare=s -c=s --cleanup=s --setup=s -s=s -n=t -L=t -P=t -D=t -S=t --shell=t --warmup=t --runs=t --export-json=w --export-markdown=w --export-csv=w --command-name=t --parameter-list=t --show-output=t | each
nodemon concurrently watchexec reflex onchange chokidar npm-run-all supervisor forever cargo-watch | 0 | -x=s --exec=s -c=s --command=s -w=t --watch=t -e=t --ext=t -s=s --signal=t -d=t --delay=t -n=t --names=t -i=t -p=t | each
ssh-agent run-parts openvt xinit startx | 0 | -a=w -t=t -c=t -s=t |
watch viddy | 0 | -n=t --interval=t | text
tmux | 0 | | tmux
screen | 0 | -S=t -c=r -p=t -s=p -t=t -T=t -h=t -L=t -Logfile=w -X=t |
xterm gnome-terminal konsole alacritty kitty urxvt rxvt wezterm terminator xfce4-terminal lxterminal foot st x-terminal-emulator | 0 | -e=s -x=s -display=t --command=s --title=t -T=t --working-directory=x | ask
`;

type Wrapper = { before: number; options: ReadonlyMap<string, Role | 'shell' | 'directory'>; mark: string };

const roleOf: Record<string, Role | 'shell' | 'directory'> = {
  t: 'text',
  r: 'read',
  w: 'write',
  l: 'list',
  x: 'loose',
  p: 'program',
  g: 'directory',
  s: 'shell',
};

const wrappers: ReadonlyMap<string, Wrapper> = new Map(
  lines
    .trim()
    .split('\n')
    .flatMap((line) => {
      const [names = '', before = '', options = '', mark = ''] = line.split('|').map((part) => part.trim());
      const pairs = options
        .split(/\s+/)
        .filter(Boolean)
        .map((option): [string, Role | 'shell' | 'directory'] => [
          option.slice(0, -2),
          roleOf[option.at(-1) ?? ''] ?? 'text',
        ]);
      const wrapper: Wrapper = { before: Number(before), options: new Map(pairs), mark };
      return names.split(/\s+/).map((name) => [name, wrapper] as const);
    }),
);

/** Runs what a wrapper wraps, after its own options. */
const runWrapper =
  (wrapper: Wrapper): Command =>
  (call) => {
    const { args, shell, streams, name } = call;
    const valued = new Set(wrapper.options.keys());
    // `--bind a b` and the like take two words; they are wrapped in a question anyway.
    const options = parseOptions(args, { valued, stopsAtOperand: true });
    if (wrapper.mark === 'ask') ask(call, 'C5', `${name} runs something with other rights or somewhere else`);
    let output: Data = unknownData;
    // A new root is a place of its own; what leads to the root of it is as good as the root.
    let inside = name === 'chroot' ? movedTo('/', shell) : shell;
    for (const option of options.options) {
      const role = wrapper.options.get(option.name);
      if (option.value === undefined) continue;
      if (role === 'shell') output = interpret([option.value], shell, streams);
      else if (role === 'directory') inside = movedTo(option.value, shell);
      else judgeRole(role ?? 'loose', option.value, { shell, readOnly: true });
    }
    if (name === 'sudo' && options.has('-e', '--edit'))
      for (const file of options.operands) judgeRole('write', file, { shell });
    let words = options.operands.slice(wrapper.before);
    while (/^[A-Za-z_]\w*\+?=/.test(words[0] ?? '')) {
      const [assignment = ''] = words;
      judgeVariable(
        assignment.slice(0, assignment.indexOf('=')),
        assignment.slice(assignment.indexOf('=') + 1),
        shell,
      );
      words = words.slice(1);
    }
    if (words.length === 0) return output;
    if (wrapper.mark === 'text') return interpret([words.join(' ')], inside, streams);
    if (wrapper.mark === 'each') return oneOf(words.flatMap((word) => interpret([word], shell, streams)));
    if (wrapper.mark === 'tmux') return runTmux(words, call);
    return shell.engine.runWords(words, inside, streams);
  };

function runTmux(words: readonly string[], { shell, streams }: Call): Data {
  for (const word of words.slice(1)) if (/\s/.test(word)) interpret([word], shell, streams);
  const at = words.findIndex(
    (word, index) => index > 0 && !word.startsWith('-') && !/^-[a-zA-Z]$/.test(words[index - 1] ?? ''),
  );
  if (
    at > 0 &&
    /^(?:new|new-session|neww|new-window|splitw|split-window|run|run-shell|respawn.*|pipe-pane|send-keys|send)$/.test(
      words[0] ?? '',
    )
  )
    shell.engine.runWords(words.slice(at), shell, streams);
  return noData;
}

/** Commands that run other commands after options of their own. */
export const wrapperCommands: readonly (readonly [string, Command])[] = [
  ...[...wrappers].map(([name, wrapper]) => [name, runWrapper(wrapper)] as const),
];
