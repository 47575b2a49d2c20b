import type { Role, Shape } from './run-shaped.ts';

const roles: Record<string, Role> = {
  n: 'loose',
  r: 'read',
  T: 'tree',
  l: 'list',
  w: 'write',
  c: 'create',
  d: 'delete',
  b: 'bulk',
  t: 'text',
  x: 'loose',
  p: 'program',
};

/**
 * One line for commands of a kind: names | roles of the operands, the last for all that follow | options with a value
 * and what it names | what it prints. Roles: r reads a file, T reads all below it, l looks at it, w writes, c creates,
 * d deletes, b changes all below it, t is text, n is a number or a keyword, x may be a path, p is a command that it runs. From the manuals of GNU
 * coreutils, diffutils, grep, procps, util-linux and of the tools themselves.
 */
const lines = `
cat tac expand unexpand col colrm | r | -t=n --tabs=n | same
nl | r | -b=n -d=n -f=n -h=n -i=n -l=n -n=n -s=n -v=n -w=n | same
head tail | r | -c=n -n=n -s=n --lines=n --bytes=n --pid=n --sleep-interval=n --max-unchanged-stats=n | same
sort gsort | r | -k=n -t=n -S=n -T=x -o=w --output=w --key=n --field-separator=n --buffer-size=n --temporary-directory=x --parallel=n --batch-size=n --compress-program=p --files0-from=r --random-source=r --sort=n | same
fmt fold pr column | r | -w=n -c=n -p=n -g=n -t=n -o=n -s=n -l=n -h=n -N=n -H=n -R=n --width=n --output-separator=n --separator=n --table-columns=n | same
cut paste join comm tsort look | r | -d=n -f=n -c=n -b=n -t=n -o=n -e=n -j=n -a=n -v=n -1=n -2=n --delimiter=n --delimiters=n --fields=n --output-delimiter=n --characters=n --bytes=n | same
shuf numfmt | r | -n=n -i=n -o=w --output=w --head-count=n --input-range=n --random-source=r --from=n --to=n --field=n | same
less more most pg lv | r | -o=w -O=w --log-file=w -k=r --lesskey-file=r --lesskey-src=r -p=t -P=t -j=n -x=n -b=n -h=n -t=t -y=n -z=n | same
bat batcat | r | -l=n -H=n -m=n -r=n --language=n --theme=n --style=n --paging=n --pager=p --map-syntax=n --line-range=n --highlight-line=n --tabs=n --color=n --decorations=n --wrap=n --terminal-width=n --file-name=n | same
man info apropos whatis tldr help | t | -P=p --pager=p -H=p -l=r --local-file=r -C=r -M=l -s=n -S=n -E=n -f=r -o=w -k=t | name
od hexdump hd | r | -N=n -j=n -A=n -t=n -w=n -S=n -n=n -s=n -e=n -f=r --format=n --skip=n --length=n | unknown
strings | r | -n=n -t=n -e=n -s=n --bytes=n --radix=n --encoding=n --output-separator=n | unknown
file | r | -f=r -m=r -F=n -P=n --magic-file=r --files-from=r --separator=n | unknown
wc md5sum sha1sum sha224sum sha256sum sha384sum sha512sum shasum b2sum b3sum cksum sum crc32 md5 | r | -a=n -l=n --files0-from=r --algorithm=n --length=n | unknown
nm objdump readelf size cmp diff3 sdiff colordiff wdiff zdiff zcmp vimdiff | r | -n=n -i=n -j=n -M=n -m=n -x=n -I=n -o=w --output=w --section=n | unknown
diff | r | -x=t -X=r -I=t -F=t -U=t -C=t -W=t --exclude=t --exclude-from=r --label=t -L=t --color=t --from-file=r --to-file=r -S=t --width=t --unified=t --ignore-matching-lines=t | unknown
grep egrep fgrep zgrep zegrep zfgrep pcregrep ugrep | t r | -e=t -f=r -m=t -A=t -B=t -C=t -D=t -d=t --include=t --exclude=t --exclude-from=r --exclude-dir=t --regexp=t --file=r --max-count=t --color=t --colour=t --label=t --context=t --after-context=t --before-context=t --binary-files=t --devices=t --directories=t --filter=p | matches
rg ag ack | t T | -e=t -f=r -g=t -t=t -T=t -m=t -A=t -B=t -C=t -r=t -M=t -d=t -E=t -j=t --glob=t --iglob=t --type=t --type-not=t --type-add=t --regexp=t --file=r --replace=t --max-count=t --max-depth=t --ignore-file=r --pre=p --pre-glob=t --hostname-bin=p --color=t --colors=t --context=t --after-context=t --before-context=t --sort=t --sortr=t --ignore=t --ignore-dir=t --pager=p --context-separator=t --engine=t --encoding=t --max-filesize=t -G=t --threads=t | matches
tree | l | -o=w -L=n -P=t -I=t --filelimit=n --charset=n --sort=n --timefmt=n | list
ls dir vdir exa eza lsd | l | -I=t -w=n -T=n --ignore=t --hide=t --sort=n --time=n --color=n --time-style=n --block-size=n --quoting-style=n --indicator-style=n --format=n --width=n --tabsize=n | list
stat lsattr getfacl namei mountpoint findmnt pathchk filefrag | l | -c=t --format=t --printf=t -o=n -t=n -S=n -T=n --output=n | list
du df | l | -d=n -t=n -x=n -B=n -X=r --exclude=t --exclude-from=r --max-depth=n --threshold=n --block-size=n --type=n --exclude-type=n --files0-from=r --time-style=n | list
lsof | l | -p=n -u=n -c=n -i=n -d=n -s=n -g=n -r=n -D=n +D=l +d=l | list
test [ | l | | none
jq gojq jaq | t r | -f=r --from-file=r --indent=t -L=x | unknown
yq tomlq xq | t r | -f=r --from-file=r --indent=t -o=t --output-format=t -p=t --input-format=t -s=t | unknown
seq expr factor numeric sleep usleep  nproc arch uname whoami id groups logname who w users tty cal uptime free vmstat iostat mpstat ps pstree pgrep pidof top htop lscpu lsusb lspci lsmem which whereis locale getconf tput clear reset stty cowsay fortune figlet lolcat ping ping6 traceroute tracepath mtr | n | | name
true false : | t | | none
pandoc | r | -o=w --output=w -f=n -t=n -F=p --filter=p -L=p --lua-filter=p --pdf-engine=p -H=r -B=r -A=r -c=n --css=n --template=r --metadata-file=r --extract-media=w -V=t -M=t | unknown
fzf sk peco | t | --preview=p --bind=p -q=t --query=t -f=t --filter=t --history=w | name
lsblk lsns blkid lslocks getent ipcs journalctl last lastb lastlog ulimit times umask | t | --output=t -o=t -D=r --directory=r --file=r --root=x | name
mkdir mkfifo | c | -m=t --mode=t -Z=t --context=t | none
touch | c | -d=t -t=t -r=l --date=t --time=t --reference=l | none
mknod | w t | -m=t --mode=t | none
rm unlink | d | --interactive=t | none
rmdir | d | | none
shred wipe srm scrub | d | -n=t -s=t --iterations=t --size=t --random-source=r | none
truncate fallocate | b | -s=t -r=l --size=t --reference=l -l=t -o=t --length=t --offset=t | none
mktemp tempfile | t | -p=x --tmpdir=x --suffix=t -d=x -m=t -n=x -s=t | name
tee | w | --output-error=t | same
split csplit | r w | -a=t -b=t -C=t -l=t -n=t -t=t --filter=p --lines=t --bytes=t --number=t --suffix-length=t --additional-suffix=t --separator=t -f=w --prefix=w -b=t --suffix-format=t | none
gzip gunzip bzip2 bunzip2 xz unxz lzma unlzma zstd unzstd lz4 brotli compress uncompress pigz lbzip2 zopfli lzop | w | -S=t -o=w --output=w --suffix=t -T=t --threads=t -p=t --processes=t -q=t -D=r -M=t --memlimit=t --format=t -F=t --files=r -b=t | decoded
zcat bzcat xzcat zstdcat lzcat lz4cat gzcat zless zmore xzless bzless | r | | decoded
uudecode | r | -o=w --output-file=w | decoded
uuencode | r | | unknown
iconv recode dos2unix unix2dos | r | -o=w --output=w -f=t -t=t --from-code=t --to-code=t -n=w | unknown
patch | w r | -i=r --input=r -o=w --output=w -d=x --directory=x -p=t --strip=t -r=w --reject-file=w -B=t -D=t -F=t -V=t -Y=t -z=t -g=t | none
cpio pax | x | -D=x --directory=x -F=x --file=x -O=w -I=r -E=r -H=t -M=t -C=t --to-stdout=t -f=x -o=t --rsh-command=p --rmt-command=p | unknown
ar ranlib strip objcopy | x | -o=w --output=w -O=t -I=t -R=t -j=t | none
gcc g++ cc c++ clang clang++ ld gfortran tsc esbuild rustc javac kotlinc swiftc ocamlc ghc fpc nasm as | r | -o=w -I=l -L=l -l=t -D=t -U=t -include=r -x=t -MF=w -MT=t --output=w --outdir=w --outfile=w --outDir=w --outFile=w -d=w -f=t -W=t -O=t -std=t -cp=l -classpath=l --target=t -target=t -g=t -B=x -specs=x -fplugin=p -wrapper=p -p=l --project=r --declarationDir=w --crate-type=t --edition=t --out-dir=w -C=x -m=t | none
bc units | r | -e=t -f=r --expression=t --file=r | name
sync | l | | none
getcap lsmod modinfo | l | | name
ssh-keygen | x | -f=w -t=t -b=t -C=t -N=t -P=t -l=x -y=x -D=p -I=t -s=r -n=t -V=t -w=p -O=t -R=t -F=t -E=t -m=t -a=t | none
gpg gpg2 | r | -o=w --output=w -r=t --recipient=t -u=t --local-user=t --homedir=x --keyring=x --passphrase=t --passphrase-file=r --batch=t -a=t --agent-program=p --photo-viewer=p --exec-path=p | decoded
jar | x | -C=x --file=x -f=x | none
prettier eslint biome stylelint black ruff isort flake8 mypy pylint rubocop gofmt goimports rustfmt clang-format shfmt autopep8 yapf oxlint dprint | x | --config=x -c=x --parser=t --line-length=t -l=t --select=t --ignore=t --ext=t --rule=t --format=t -f=t --output-file=w -o=w --stdin-filepath=t --resolve-plugins-relative-to=x --rulesdir=x --plugin=x | unknown
pytest vitest jest mocha ava tap karma cypress playwright phpunit rspec ctest nosetests tox nox | x | -k=t -m=t -t=t -n=t --testNamePattern=t --grep=t -g=t --filter=t --reporter=t --project=t -p=t -c=x --config=x -o=t --maxfail=t --tb=t --cov=t --cov-report=t --timeout=t --testPathPattern=t --deselect=t -W=t --durations=t | unknown
`;

function parseLine(line: string): readonly (readonly [string, Shape])[] {
  const [names = '', operands = '', options = '', prints = ''] = line.split('|').map((part) => part.trim());
  const roleOf = (letter: string): Role => roles[letter] ?? 'loose';
  const shape: Shape = {
    operands: operands.split(/\s+/).map(roleOf),
    options: new Map(
      options
        .split(/\s+/)
        .filter(Boolean)
        .map((option): [string, Role] => [
          option.slice(0, option.lastIndexOf('=')),
          roleOf(option.slice(option.lastIndexOf('=') + 1)),
        ]),
    ),
    prints: (prints || 'unknown') as Shape['prints'],
  };
  return names.split(/\s+/).map((name) => [name, shape] as const);
}

/** What is known of commands that have no way of their own. */
export const shapes: ReadonlyMap<string, Shape> = new Map(lines.trim().split('\n').flatMap(parseLine));
