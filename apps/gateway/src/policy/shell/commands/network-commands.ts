import { isForeign, isOpen } from '../../place/wildcard.ts';
import { type Call, type Command, foreignData, noData, unknownData } from '../shell.ts';
import { touchPath } from '../touch-path.ts';
import { writeFile } from '../walk/apply-redirects.ts';
import { checkAddress, isLoopback } from './check-address.ts';
import { interpret } from './interpret.ts';
import { checkLooseWord } from './loose-words.ts';
import { ask, deny, isAboutItself } from './objections.ts';
import { parseOptions } from './parse-options.ts';
import { judgeRole } from './run-shaped.ts';
import { runInside } from './wrappers.ts';

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
  const files = [...outputs.filter((path) => path !== '-'), ...names].map((path) =>
    path.startsWith('/') || directory === '.' ? path : `${directory}/${path}`,
  );
  for (const path of files) {
    judgeRole('write', path, { shell });
    writeFile(path, foreignData, { shell, append: false });
  }
  return files.length > 0 && !outputs.includes('-') ? noData : foreignData;
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

/** Netcat: a listener, a way to give a shell away, or a plain connection. */
const netcat: Command = (call) => {
  const { args, shell, streams } = call;
  const options = parseOptions(args, {
    valued: new Set([
      '-e',
      '-c',
      '-p',
      '-s',
      '-w',
      '-i',
      '-q',
      '-x',
      '-X',
      '-g',
      '-G',
      '-I',
      '-O',
      '-T',
      '-V',
      '-o',
      '-m',
      '--exec',
      '--sh-exec',
      '--lua-exec',
      '--output',
      '--proxy',
      '--ssl-cert',
      '--ssl-key',
    ]),
  });
  if (isAboutItself(call)) return unknownData;
  if (
    options.has('-e', '-c', '--exec', '--sh-exec', '--lua-exec') &&
    !(options.has('-c') && options.valuesOf('-c').every((value) => value === ''))
  ) {
    deny(call, 'N9', 'it gives a program to the network');
    return unknownData;
  }
  if (options.has('-l', '--listen')) ask(call, 'C5', 'it listens on the network');
  const [host = '', port = ''] = options.operands;
  checkAddress(`${host}:${port}`, shell);
  shell.report.touch(`${host}:${port}`);
  const scans = options.has('-z');
  const sends = streams.stdin.some((text) => text !== '') && streams.stdin !== unknownData;
  if (!scans && (sends || !isLoopback(host))) ask(call, 'C5', 'it opens a connection of its own');
  for (const path of options.valuesOf('-o', '--output')) judgeRole('write', path, { shell });
  return foreignData;
};

const socat: Command = (call) => {
  for (const word of call.args) {
    if (/^(?:EXEC|SYSTEM|SHELL)[:,]/i.test(word)) deny(call, 'N9', 'it gives a program to the network');
    if (/LISTEN|RECVFROM|^UDP-RECV/i.test(word)) ask(call, 'C5', 'it listens on the network');
    checkAddress(word.replace(/^[^:]*:/, '').replace(/,.*$/, ''), call.shell);
    checkLooseWord(word.replace(/,.*$/, ''), call.shell, { readOnly: false });
  }
  ask(call, 'C5', 'it opens a connection of its own');
  return foreignData;
};

/** ssh and its kin: another machine, and options that name commands here. */
const remote: Command = (call) => {
  const { args, shell, name } = call;
  const options = parseOptions(args, {
    valued: new Set([
      '-B',
      '-b',
      '-c',
      '-D',
      '-E',
      '-e',
      '-F',
      '-I',
      '-i',
      '-J',
      '-L',
      '-l',
      '-m',
      '-O',
      '-o',
      '-p',
      '-P',
      '-Q',
      '-R',
      '-S',
      '-W',
      '-w',
      '-X',
    ]),
    stopsAtOperand: name === 'ssh',
  });
  if (isAboutItself(call) || options.has('-V', '-Q')) return unknownData;
  ask(
    call,
    'C5',
    name === 'ssh' || name === 'mosh' ? 'it runs commands on another machine' : 'it sends or fetches files',
  );
  for (const option of options.valuesOf('-o')) {
    const [, key = '', value = ''] = /^\s*(\w+)[\s=]+([\s\S]*)$/.exec(option) ?? [];
    if (
      /^(?:ProxyCommand|LocalCommand|KnownHostsCommand|RemoteCommand|ProxyUseFdpass|PermitLocalCommand|PKCS11Provider|SecurityKeyProvider|XAuthLocation)$/i.test(
        key,
      ) &&
      !/^(?:yes|no|none)$/.test(value)
    ) {
      ask(call, 'C6', 'one of its options names a command');
      if (/Command$/i.test(key)) interpret([value], shell, call.streams);
    }
  }
  for (const value of name === 'ssh' ? [] : options.valuesOf('-S', '-I', '-D'))
    judgeRole('program', value, { shell });
  for (const path of options.valuesOf('-E')) judgeRole('write', path, { shell });
  // The key of a person may open the door it is for; it is not sent.
  const files = name === 'ssh' || name === 'mosh' ? [] : options.operands;
  for (const file of files)
    if (!/^[^/]*:/.test(file)) judgeRole(file === files.at(-1) ? 'write' : 'read', file, { shell });
  if (name === 'ssh' && options.operands.length > 1)
    runInside(['sh', '-c', options.operands.slice(1).join(' ')], call);
  return foreignData;
};

/** Looks a name up: a part of it that is not known could carry data out. */
const lookUp: Command = (call) => {
  for (const arg of call.args) {
    if (isOpen(arg) || isForeign(arg)) ask(call, 'C5', 'it asks the network for a name that is not known');
    checkAddress(arg, call.shell);
    if (/^-f./.test(arg)) judgeRole('read', arg.slice(2), { shell: call.shell });
  }
  const at = call.args.indexOf('-f');
  if (at >= 0) judgeRole('read', call.args[at + 1] ?? '', { shell: call.shell });
  return foreignData;
};

const connect: Command = (call) => {
  const words = call.args.filter((arg) => !arg.startsWith('-'));
  checkAddress(words.slice(0, 2).join(':'), call.shell);
  for (const word of words) checkAddress(word, call.shell);
  for (const word of call.args) checkLooseWord(word, call.shell, { readOnly: true });
  ask(call, 'C5', 'it opens a connection of its own');
  return foreignData;
};

/** Servers that anybody who reaches this machine can use. */
const serve: Command = (call) => {
  if (!isAboutItself(call)) ask(call, 'C5', 'it listens on the network');
  return unknownData;
};

/** Commands that talk to the network. */
export const networkCommands: readonly (readonly [string, Command])[] = [
  ['curl', curl],
  ['wget', wget],
  ['wget2', wget],
  ...[
    'http',
    'https',
    'xh',
    'xhs',
    'aria2c',
    'axel',
    'lynx',
    'w3m',
    'links',
    'elinks',
    'fetch',
    'lwp-request',
    'GET',
    'POST',
    'HEAD',
    'curlie',
    'grpcurl',
    'websocat',
    'wscat',
  ].map((name) => [name, fetch] as const),
  ...['nc', 'ncat', 'netcat', 'nc.traditional', 'nc.openbsd', 'cryptcat', 'pwncat', 'sbd'].map(
    (name) => [name, netcat] as const,
  ),
  ['socat', socat],
  ...[
    'ssh',
    'scp',
    'sftp',
    'mosh',
    'sshfs',
    'autossh',
    'sshpass',
    'ssh-copy-id',
    'rsh',
    'rlogin',
    'rcp',
    'lftp',
    'ftp',
    'tftp',
    'ncftp',
    'ncftpput',
    'smbclient',
    'rclone',
    'croc',
    'magic-wormhole',
    'wormhole',
    'cadaver',
  ].map((name) => [name, remote] as const),
  ...[
    'dig',
    'nslookup',
    'host',
    'drill',
    'kdig',
    'ping',
    'ping6',
    'fping',
    'traceroute',
    'tracepath',
    'mtr',
    'whois',
    'resolvectl',
  ].map((name) => [name, lookUp] as const),
  ...[
    'telnet',
    'nmap',
    'masscan',
    'hping3',
    'tcpdump',
    'tshark',
    'mail',
    'mailx',
    'sendmail',
    'mutt',
    'msmtp',
    'swaks',
    'logger',
  ].map((name) => [name, connect] as const),
  ...[
    'ngrok',
    'cloudflared',
    'localtunnel',
    'lt',
    'frpc',
    'bore',
    'chisel',
    'serve',
    'http-server',
    'live-server',
    'sshd',
    'dropbear',
    'vsftpd',
    'gotty',
    'ttyd',
    'iodine',
    'dnscat',
    'slirp4netns',
    'wg',
    'wg-quick',
    'openvpn',
    'tailscale',
    'httpd',
    'tinyproxy',
    'darkhttpd',
    'webfsd',
    'code-server',
    'x11vnc',
    'vncserver',
  ].map((name) => [name, serve] as const),
];
