import { isOpen } from '../../place/wildcard.ts';
import { wordList } from '../../place/word-list.ts';
import { type Call, type Command, foreignData, noData } from '../shell.ts';
import { touchPath } from '../touch-path.ts';
import { writeFile } from '../walk/apply-redirects.ts';
import { checkAddress, isAddress, isLoopback } from './check-address.ts';
import { checkLooseWord } from './loose-words.ts';
import { ask } from './objections.ts';
import { parseOptions } from './parse-options.ts';
import { judgeRole } from './run-shaped.ts';

/** Options of curl with a value; those that name files, programs or addresses are told apart below. From its manual. */
const curlValued = new Set(
  `-A -b -c -C -d -D -e -E -F -h -H -K -m -o -P -Q -r -t -T -u -U -w -x -X -y -Y -z --abstract-unix-socket --alt-svc --aws-sigv4
  --cacert --capath --cert --cert-type --ciphers --config --connect-timeout --connect-to --cookie --cookie-jar --crlfile --data
  --data-ascii --data-binary --data-raw --data-urlencode --dns-servers --doh-url --dump-header --egd-file --engine --expect100-timeout
  --form --form-string --ftp-port --header --hsts --interface --json --keepalive-time --key --key-type --libcurl --limit-rate
  --local-port --login-options --mail-from --mail-rcpt --max-filesize --max-redirs --max-time --netrc-file --output --output-dir
  --pass --preproxy --proto --proxy --proxy-header --proxy-user --pubkey --quote --random-file --range --rate --referer --request
  --request-target --resolve --retry --retry-delay --retry-max-time --socks4 --socks4a --socks5 --socks5-hostname --stderr
  --tls-max --trace --trace-ascii --trace-config --unix-socket --upload-file --url --url-query --user --user-agent --variable --write-out`.split(
    /\s+/,
  ),
);

/** curl: what it sends, from where, and where it writes. */
const curl: Command = (call) => {
  const { args, shell } = call;
  const options = parseOptions(args, { valued: curlValued });
  const urls = [...options.operands, ...options.valuesOf('--url')];
  const proxies = options.valuesOf(
    '-x',
    '--proxy',
    '--preproxy',
    '--socks4',
    '--socks4a',
    '--socks5',
    '--socks5-hostname',
    '--doh-url',
  );
  for (const url of [...urls, ...proxies]) checkUrl(url, call);
  for (const route of options.valuesOf('--resolve', '--connect-to')) checkRoute(route, call);
  const local = urls.length > 0 && urls.every(isLoopback);
  const uploads = options.valuesOf('-T', '--upload-file');
  const data = options.valuesOf(
    '-d',
    '--data',
    '--data-ascii',
    '--data-binary',
    '--data-urlencode',
    '--json',
    '--url-query',
    '--variable',
  );
  const forms = options.valuesOf('-F', '--form');
  const files = [
    ...data.flatMap((value) => /^(?:[\w.-]*=?)@([\s\S]*)$/.exec(value)?.[1] ?? []),
    ...forms.flatMap((value) => /=[@<]"?([^;"]*)/.exec(value)?.[1] ?? []),
    ...uploads,
  ];
  for (const file of files) sendFile(file, { call, local });
  for (const value of data) if (isOpen(value) && !local) ask(call, 'C5', 'it sends data that is not known');
  for (const header of options.valuesOf('-H', '--header', '-K', '--config', '-b', '--cookie'))
    if (header.startsWith('@') || options.valuesOf('-K', '--config').includes(header))
      judgeRole('read', header.replace(/^@/, ''), { shell });
  // A cookie without `=` is a file of cookies.
  for (const cookie of options.valuesOf('-b', '--cookie'))
    if (!cookie.includes('=')) judgeRole('read', cookie, { shell });
  if (options.has('-K', '--config')) ask(call, 'C6', 'its options come from a file');
  for (const file of options.valuesOf('--netrc-file', '--cacert', '-E', '--cert', '--key', '--capath'))
    judgeRole('read', file, { shell });
  if (options.has('-n', '--netrc', '--netrc-optional') && !local)
    ask(call, 'N6', 'it sends credentials of this account');
  if (options.valuesOf('-X', '--request').some((method) => /^delete$/i.test(method)) && !local)
    ask(call, 'C5', 'it deletes something on another machine');
  if (options.valuesOf('-Q', '--quote').length > 0) ask(call, 'C5', 'it gives commands to a server');
  for (const socket of options.valuesOf('--unix-socket', '--abstract-unix-socket'))
    ask(call, /docker|containerd|podman/.test(socket) ? 'N8' : 'C5', 'it talks to a service of this machine');
  return fetchInto(call, {
    urls,
    outputs: options.valuesOf('-o', '--output'),
    others: options.valuesOf(
      '-D',
      '--dump-header',
      '-c',
      '--cookie-jar',
      '--trace',
      '--trace-ascii',
      '--stderr',
      '--libcurl',
      '--hsts',
      '--alt-svc',
    ),
    directory: options.valuesOf('--output-dir')[0],
    named: options.has('-O', '--remote-name', '--remote-name-all', '-J'),
  });
};

function checkUrl(url: string, call: Call): void {
  checkAddress(url, call.shell);
  // curl expands `{a,b}` and `[1-9]` by itself.
  if (!isAddress(url) || /[{}]|\[[^\]:]*\]/.test(url.replace(/[?#].*$/s, '')))
    if (/^(?:\w+:\/\/)?[^/]*[{}[\]]/.test(url) && !/^(?:\w+:\/\/)?\[[\da-f:.]+\]/i.test(url))
      ask(call, 'C5', 'which hosts it talks to is not plain');
  const [, path] = /^file:(?:\/\/(?:localhost)?)?(\/[\s\S]*)$/i.exec(url) ?? [];
  if (path !== undefined) touchPath('read', decodeURI(path.replace(/%(?![\da-f]{2})/gi, '%25')), call.shell);
  call.shell.report.touch(url.replace(/[\uE000-\uE004]/g, '…'));
}

function checkRoute(route: string, { shell }: Call): void {
  const parts = route.split(/:(?![^[]*\])/);
  for (const part of parts) checkAddress(part, shell);
  checkAddress(`${parts.at(-2) ?? ''}:${parts.at(-1) ?? ''}`, shell);
  checkAddress(`${parts.at(-1) ?? ''}:${parts.at(1) ?? ''}`, shell);
}

function sendFile(file: string, { call, local }: { call: Call; local: boolean }): void {
  const { shell, streams } = call;
  const fromInput = file === '-' || file === '.';
  if (!fromInput) touchPath('read', file, shell);
  const known = fromInput && streams.stdin.every((text) => !isOpen(text) && text !== '');
  if (!local && !known) ask(call, 'C5', 'it sends a file to another machine');
}

type Fetch = {
  urls: readonly string[];
  outputs: readonly string[];
  others: readonly string[];
  directory: string | undefined;
  named: boolean;
};

function fetchInto(call: Call, { urls, outputs, others, directory = '.', named }: Fetch) {
  const { shell } = call;
  for (const path of others) if (path !== '-' && path !== '%') judgeRole('write', path, { shell });
  const names = named
    ? urls.map(
        (url) =>
          url
            .replace(/[?#].*$/s, '')
            .split('/')
            .at(-1) || 'index.html',
      )
    : [];
  const isOutput = (path: string) =>
    path === '-' || /^\/(?:dev|proc\/self)\/(?:stdout|stderr|fd\/\d+|tty)$/.test(path);
  const files = [...outputs.filter((path) => !isOutput(path)), ...names].map((path) =>
    path.startsWith('/') || directory === '.' ? path : `${directory}/${path}`,
  );
  for (const path of files) {
    judgeRole('write', path, { shell });
    writeFile(path, foreignData, { shell, append: false });
  }
  return files.length > 0 && !outputs.some(isOutput) ? noData : foreignData;
}

const wgetValued = new Set(
  `-a -A -B -D -e -i -I -l -o -O -P -Q -R -t -T -U -w -X --accept --append-output --base --bind-address --body-data --body-file --ca-certificate --certificate
  --config --connect-timeout --cut-dirs --default-page --directory-prefix --dns-timeout --domains --exclude-directories --exclude-domains --execute --header
  --http-password --http-user --include-directories --input-file --level --limit-rate --load-cookies --local-encoding --method --output-document --output-file
  --password --post-data --post-file --private-key --quota --read-timeout --referer --reject --rejected-log --save-cookies --timeout --tries --use-askpass
  --user --user-agent --wait --waitretry --warc-file --input-metalink`.split(/\s+/),
);

const wget: Command = (call) => {
  const { args, shell } = call;
  const options = parseOptions(args, { valued: wgetValued });
  const local = options.operands.length > 0 && options.operands.every(isLoopback);
  for (const url of options.operands) checkUrl(url, call);
  for (const file of options.valuesOf('--post-file', '--body-file')) sendFile(file, { call, local });
  for (const value of options.valuesOf('--post-data', '--body-data'))
    if (isOpen(value) && !local) ask(call, 'C5', 'it sends data that is not known');
  for (const file of options.valuesOf(
    '-i',
    '--input-file',
    '--config',
    '--load-cookies',
    '--ca-certificate',
    '--certificate',
    '--private-key',
  ))
    judgeRole('read', file, { shell });
  if (options.has('--use-askpass', '--config', '-e', '--execute'))
    ask(call, 'C6', 'one of its options names a command or a configuration');
  const outputs = options.valuesOf('-O', '--output-document');
  const others = options.valuesOf(
    '-o',
    '--output-file',
    '-a',
    '--append-output',
    '--save-cookies',
    '--rejected-log',
    '--warc-file',
    '-P',
    '--directory-prefix',
  );
  return fetchInto(call, {
    urls: options.operands,
    outputs,
    others,
    directory: options.valuesOf('-P', '--directory-prefix')[0],
    named: outputs.length === 0 && !options.has('--spider'),
  });
};

/** Clients that fetch by the words they are given, and print what they fetched. */
const fetch: Command = (call) => {
  const options = parseOptions(call.args, {
    valued: new Set(['-o', '--output', '-d', '--dir', '-O', '-x', '--auth', '-a']),
  });
  for (const word of [...options.operands, ...options.options.flatMap(({ value }) => value ?? [])]) {
    checkUrl(word, call);
    checkLooseWord(word, call.shell, { readOnly: true });
    if (/[@<:=]@|^@|@\/|=@/.test(word)) ask(call, 'C5', 'it sends a file to another machine');
  }
  for (const path of options.valuesOf('-o', '--output', '-d', '--dir', '-O')) {
    judgeRole('write', path, { shell: call.shell });
    writeFile(path, foreignData, { shell: call.shell, append: false });
  }
  return foreignData;
};

/** Commands that fetch and send by HTTP. */
export const fetchCommands: readonly (readonly [string, Command])[] = [
  ['curl', curl],
  ['wget', wget],
  ['wget2', wget],
  ...wordList(
    'http https xh xhs aria2c axel lynx w3m links elinks fetch lwp-request GET POST HEAD curlie grpcurl websocat wscat',
  ).map((name) => [name, fetch] as const),
];
