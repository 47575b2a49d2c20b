import { isForeign, isOpen } from '../../place/wildcard.ts';
import { wordList } from '../../place/word-list.ts';
import { type Command, foreignData, unknownData } from '../shell.ts';
import { checkAddress, isLoopback } from './check-address.ts';
import { interpret } from './interpret.ts';
import { checkLooseWord } from './loose-words.ts';
import { ask, deny, isAboutItself } from './objections.ts';
import { parseOptions } from './parse-options.ts';
import { runInside } from './run-inside.ts';
import { judgeRole } from './run-shaped.ts';

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
  for (const arg of call.args) checkLooseWord(arg, call.shell, { readOnly: true });
  return unknownData;
};

/** Commands that open connections of their own, or wait for some. */
export const connectionCommands: readonly (readonly [string, Command])[] = [
  ...wordList('nc ncat netcat nc.traditional nc.openbsd cryptcat pwncat sbd').map(
    (name) => [name, netcat] as const,
  ),
  ['socat', socat],
  ...wordList(
    'ssh scp sftp mosh sshfs autossh sshpass ssh-copy-id rsh rlogin rcp lftp ftp tftp ncftp ncftpput smbclient rclone croc wormhole cadaver',
  ).map((name) => [name, remote] as const),
  ...wordList('dig nslookup host drill kdig ping ping6 fping traceroute tracepath mtr whois resolvectl').map(
    (name) => [name, lookUp] as const,
  ),
  ...wordList('telnet nmap masscan hping3 tcpdump tshark mail mailx sendmail mutt msmtp swaks logger').map(
    (name) => [name, connect] as const,
  ),
  ...wordList(
    'ngrok cloudflared localtunnel lt frpc bore chisel serve http-server live-server sshd dropbear vsftpd gotty ttyd iodine dnscat slirp4netns wg wg-quick openvpn tailscale httpd tinyproxy darkhttpd webfsd code-server x11vnc vncserver',
  ).map((name) => [name, serve] as const),
];
