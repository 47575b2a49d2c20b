import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decideUrl } from '../../../src/policy/url/decide-url.ts';
import { vetUrl } from '../../../src/policy/url/vet-url.ts';
import cases from '../../cases/ssrf-cases.json' with { type: 'json' };

/** What this machine is called on the public internet. */
const ownAddresses = () => ['8.8.4.4'];
const context = { gatewayPorts: [8888, 9999] };
const decide = (url: string) => decideUrl({ url }, context);
const blocked = (url: string) => decide(url).decision !== 'allow';

type Answers = Readonly<Record<string, readonly string[]>>;
const resolver = (dns: Answers) => async (host: string) => {
  const answers = Object.hasOwn(dns, host) ? dns[host] : undefined;
  if (!answers) throw new Error(`getaddrinfo ENOTFOUND ${host}`);
  return answers;
};

// Redirects belong to who follows them: nothing in the gateway does.
const given = cases.cases.filter(({ class: of }) => of !== 'redirect');
test.each(given)('[U1] [U2] [U3] $id: $url is answered: $expect', async ({ url, dns = {}, ...wanted }) => {
  const { decision } = await vetUrl(url, {
    ...context,
    ownAddresses,
    resolve: resolver(dns as unknown as Answers),
  });
  const accepted = wanted.accept ?? [wanted.expect];
  expect(accepted).toContain(decision === 'allow' ? 'allow' : 'block');
});

describe('addresses', () => {
  test.each([
    ...[
      'http://0x7f.0.0.1/',
      'http://0x7f000001/',
      'http://017700000001/',
      'http://127.1/',
      'http://127.0.0.1./',
    ],
    ...[
      'http://0x7f.1/',
      'http://00000177.0.0.1/',
      'http://%31%32%37.0.0.1/',
      'http://127.%30.0.1/',
      'http://0.0/',
    ],
    ...['http://10.1/', 'http://0xac100001/', 'http://0xa.1/', 'http://3232235777/', 'http://192.168.257/'],
    ...['http://168.63.129.16/', 'http://0xa83f8110/', 'http://198.18.0.1/', 'http://198.19.255.255/'],
    ...['http://100.64.0.0/', 'http://100.127.255.255/', 'http://172.16.0.1/', 'http://172.31.255.255/'],
    ...[
      'http://192.0.0.192/',
      'http://192.0.2.9/',
      'http://198.51.100.1/',
      'http://224.0.0.1/',
      'http://240.1.1.1/',
    ],
    ...['http://255.255.255.255/', 'http://239.255.255.255/', 'http://169.254.170.2/v2/', 'http://0.1.2.3/'],
    ...[
      'http://127.0.0.1.1/',
      'http://1.2.3.4.5/',
      'http://0x100000000/',
      'http://4294967296/',
      'http://08.1/',
    ],
    ...[
      'http://[::]/',
      'http://[0:0:0:0:0:0:0:1]/',
      'http://[::ffff:10.0.0.1]/',
      'http://[::ffff:0:127.0.0.1]/',
    ],
    ...['http://[64:ff9b:1::1]/', 'http://[2002:7f00:1::]/', 'http://[2001::1]/', 'http://[2001:db8::1]/'],
    ...[
      'http://[fec0::1]/',
      'http://[ff02::1]/',
      'http://[100::1]/',
      'http://[3fff::1]/',
      'http://[4000::1]/',
    ],
    ...['http://[fd20:ce::254]/', 'http://[fe80::1%25eth0]/', 'http://[fe80::1%eth0]/', 'http://[::127.1]/'],
    ...[
      'http://[2001:2::1]/',
      'http://[2001:1ff::1]/',
      'http://[::ffff:169.254.169.254]:80/',
      'http://[::8.8.8.8]/',
    ],
    ...['http://[::ffff:8.8.8.8]/', 'http://[127.0.0.1]/', 'http://[]/', 'http://[::1/', 'http://::1/'],
    ...[
      'http://127。0。0。1/',
      'http://１２７.０.０.１/',
      'http://127｡0｡0｡1/',
      'http://①②⑦.1/',
      'http://０ｘ７ｆ.1/',
    ],
  ])('[U2] %s is blocked', (url) => {
    expect(blocked(url)).toBe(true);
  });

  test.each([
    ...['http://8.8.8.8/', 'https://9.255.255.255/', 'https://11.0.0.0/', 'https://126.255.255.255/'],
    ...['https://128.0.0.1/', 'https://169.253.255.255/', 'https://169.255.0.0/', 'https://172.15.255.255/'],
    ...['https://100.128.0.0/', 'https://192.0.1.1/', 'https://198.17.255.255/', 'https://198.20.0.0/'],
    ...['https://223.255.255.255/', 'https://168.63.129.15/', 'https://[2001:200::1]/', 'https://[2400::1]/'],
    ...['https://[2003::1]/', 'https://[3ffe::1]/', 'https://[2620:fe::fe]:8443/x'],
  ])('[U2] %s is a neighbour of a block and allowed', (url) => {
    expect(decide(url)).toMatchObject({ decision: 'allow', rule: 'none' });
  });

  test.each([
    ...['169.254.169.254', '169.254.170.2', '100.100.100.200', '168.63.129.16', '192.0.0.192', '2852039166'],
    ...[
      '[::ffff:169.254.169.254]',
      '[::169.254.169.254]',
      '[64:ff9b::169.254.169.254]',
      '[2002:a9fe:a9fe::1]',
    ],
    ...[
      '[fd00:ec2::254]',
      '[fd20:ce::254]',
      'metadata',
      'metadata.google.internal',
      'metadata.tencentyun.com',
    ],
    ...['instance-data', 'instance-data.ec2.internal', 'metadata.platformequinix.com', 'METADATA.GOOG.'],
  ])('[N10] %s is called by its name: a place of credentials', (host) => {
    expect(decide(`http://${host}/latest/`)).toMatchObject({ decision: 'deny', rule: 'N10' });
  });

  test.each([
    '127.0.0.1',
    'localhost',
    '127.9.9.9',
    '[::1]',
    '0.0.0.0',
    '[::ffff:127.0.0.1]',
    'a.localhost',
    '0x7f.1',
  ])('[U5] %s at a port of the gateway is the gateway itself', (host) => {
    expect(decide(`http://${host}:8888/ws`)).toMatchObject({
      rule: 'N10',
      reason: expect.stringContaining('gateway'),
    });
    expect(decide(`http://${host}:3000/`)).toMatchObject({ decision: 'deny', rule: 'U2' });
  });
  test('[U5] another machine may have the same port', () => {
    expect(decide('https://example.com:8888/').decision).toBe('allow');
    expect(decide('http://10.0.0.7:8888/').rule).toBe('U2');
    expect(decideUrl({ url: 'http://localhost/' }, { gatewayPorts: [80] }).rule).toBe('N10');
  });
});

describe('names', () => {
  test.each([
    ...[
      'localhost',
      'LOCALHOST',
      'localhost.',
      'localhost..',
      'foo.localhost',
      'localhost.localdomain',
      'router',
    ],
    ...[
      'printer.local',
      'db.internal',
      'nas.lan',
      'x.home.arpa',
      'a.b.svc',
      'kubernetes.default.svc.cluster.local',
    ],
    ...[
      'host.docker.internal',
      'x.intranet',
      'git.corp',
      'ipv4only.arpa',
      '1.0.0.127.in-addr.arpa',
      'x.onion',
    ],
    ...[
      '127.0.0.1.nip.io',
      '10-0-0-1.sslip.io',
      'localtest.me',
      'a.lvh.me',
      'app.ddev.site',
      '7f000001.rbndr.us',
    ],
    ...['.example.com', 'a..b.com', 'loc\u00adalhost', 'ℓocalhost', 'localhos\u{1d42d}', 'lo\u200bcalhost'],
    ...['instance-data.us-east-1.compute.internal', 'local%68ost', '%6c%6f%63%61%6c%68%6f%73%74'],
  ])('[U1] %s is blocked', (host) => {
    expect(blocked(`http://${host}/`)).toBe(true);
  });

  test.each([
    ...['example.com', 'EXAMPLE.com.', 'localhost.example.com', 'internal.example.com', 'mylocalhost.com'],
    ...[
      'local.example.org',
      'metadata.example.com',
      'bücher.de',
      'xn--bcher-kva.de',
      '例え.jp',
      '127.example.com',
    ],
    ...[
      'a_b.example.com',
      'nip.io.example.com',
      'notnip.io',
      'arpa.org',
      'svc.example.co',
      '0x7f.0.0.1.example.com',
    ],
    ...['x--y.example.com', '123.com', '1.1.1.1.example.net', 'host.internal.example.com'],
  ])('[U1] %s is allowed', (host) => {
    expect(decide(`https://${host}/a?b=c#d`)).toMatchObject({ decision: 'allow', rule: 'none' });
  });
});

describe('text', () => {
  test.each([
    ...[' http://example.com/', 'http://example.com/ ', 'http://exa mple.com/', 'http://example.com/a b'],
    ...[
      'http://exam\tple.com/',
      'http://example.com/\r\nHost: x',
      'ht\ntp://example.com/',
      '\u0000http://example.com',
    ],
    ...[
      'http://example.com/\u202egnp.exe',
      'http://example.com\u00a0/',
      'http://exa\u200dmple.com/',
      '\ufeffhttp://a.com',
    ],
    ...[
      'http://example.com\\@127.0.0.1/',
      'http:\\\\example.com/',
      'http://example.com/a\\b',
      'http:/\\example.com/',
    ],
    ...[
      'http:example.com',
      'http:/example.com',
      'http:///example.com',
      'http:////127.0.0.1/',
      '//example.com/',
      'http://',
    ],
    ...['http://u@example.com/', 'http://:p@example.com/', 'http://@example.com/', 'http://a@b@example.com/'],
    ...[
      'http://example.com@127.0.0.1:80/',
      'http://127.0.0.1:80@example.com/',
      'http://example.com%40127.0.0.1/',
    ],
    ...[
      'http://example.com%2f.evil.com/',
      'http://example.com%00.evil.com/',
      'http://127.0.0.1%23.example.com/',
    ],
    ...['http://127.0.0.1#@example.com/', 'http://127.0.0.1?@example.com/', 'http://localhost#.example.com'],
    ...['http://example.com／@x/', 'http://example.com：80/', 'http://exa<mple.com/', 'http://exa|mple.com/'],
    ...[
      'http://example.com:99999/',
      'http://example.com:-1/',
      'http://example.com:0/',
      'http://example.com:8o/',
    ],
    ...[
      'https://example.com:22/',
      'https://example.com:25/',
      'https://example.com:6000/',
      'http://example.com:6667/',
    ],
    ...[
      'ftp://example.com/',
      'gopher://127.0.0.1:70/',
      'dict://x/',
      'file:///etc/passwd',
      'file://example.com/x',
    ],
    ...[
      'wss://example.com/',
      'blob:https://example.com/x',
      'view-source:http://example.com',
      'jar:http://example.com!/',
    ],
    ...[
      'about:blank',
      'mailto:a@example.com',
      'unix:/var/run/docker.sock',
      'http+unix://%2Fvar%2Frun/',
      'httpss://a.com/',
    ],
    ...[
      'example.com',
      'localhost:8888',
      '/etc/passwd',
      '?',
      '#',
      'http',
      'http:',
      `http://example.com/${'a'.repeat(9_000)}`,
    ],
  ])('[U1] %j is blocked', (url) => {
    expect(decide(url)).toMatchObject({ decision: 'deny' });
  });

  test.each([
    ...[
      'http://example.com',
      'HTTPS://Example.COM/',
      'https://example.com:443/',
      'http://example.com:8080/x?y=z#q',
    ],
    ...[
      'https://example.com?q=http://169.254.169.254/',
      'https://example.com/@user',
      'https://example.com/a%20b%2f%00',
    ],
    ...['https://example.com/?user=a@b.c', 'https://example.com/日本語', 'https://example.com/#localhost'],
    ...[
      'https://example.com/http://127.0.0.1/',
      'https://example.com:6379/',
      'https://example.com/..%2f..%2fetc',
    ],
  ])('[U1] %j is allowed', (url) => {
    expect(decide(url)).toMatchObject({ decision: 'allow' });
  });

  test('[P4] the verdict names what would be asked, as it was read', () => {
    expect(decide('http://0x7f.1:3000/a/../b').targets).toEqual(['http://127.0.0.1:3000/b']);
  });
});

describe('answers of a resolver', () => {
  const vet = (url: string, dns: Answers) =>
    vetUrl(url, { ...context, ownAddresses, resolve: resolver(dns) });
  test.each([
    ['one public', ['93.184.216.34'], 'allow'],
    ['several public', ['93.184.216.34', '2606:4700::1'], 'allow'],
    ['none', [], 'deny'],
    ['one private among public ones', ['93.184.216.34', '10.0.0.1'], 'deny'],
    ['loopback', ['::1'], 'deny'],
    ['mapped', ['::ffff:93.184.216.34'], 'deny'],
    ['link-local with a zone', ['fe80::1%eth0'], 'deny'],
    ['an empty text', [''], 'deny'],
    ['not an address', ['0x7f000001'], 'deny'],
    ['metadata', ['100.100.100.200'], 'deny'],
  ])('[U3] %s', async (_, answers, decision) => {
    const verdict = await vet('https://name.example/', { 'name.example': answers });
    expect(verdict).toMatchObject({ decision, rule: decision === 'allow' ? 'none' : 'U3', targets: answers });
  });

  test('[U3] no resolver is asked about an address, or about a name that is refused', async () => {
    const resolve = () => Promise.reject(new Error('asked'));
    expect((await vetUrl('https://1.1.1.1/', { ...context, ownAddresses, resolve })).decision).toBe('allow');
    expect((await vetUrl('https://[2606:4700::1]/', { ...context, ownAddresses, resolve })).decision).toBe(
      'allow',
    );
    expect((await vetUrl('https://db.internal/', { ...context, ownAddresses, resolve })).rule).toBe('U2');
    expect((await vetUrl('https://8.8.4.4:9000/', { ...context, ownAddresses, resolve })).rule).toBe('U2');
    expect((await vetUrl('https://unknown.example/', { ...context, ownAddresses, resolve })).rule).toBe('U3');
  });
});

/** One IPv4 address in the ways that parsers know. */
const spellings = fc
  .tuple(
    fc.nat(0xffffffff),
    fc.integer({ min: 1, max: 4 }),
    fc.array(fc.nat(2), { minLength: 4, maxLength: 4 }),
  )
  .map(([value, count, bases]) => ({ value, text: spell(value, count, bases) }));

function spell(value: number, count: number, bases: readonly number[]): string {
  const bytes = [24, 16, 8, 0].map((shift) => (value >>> shift) & 0xff);
  const tail = bytes.slice(count - 1).reduce((sum, byte) => sum * 256 + byte, 0);
  return [...bytes.slice(0, count - 1), tail]
    .map((part, at) => [String(part), `0${part.toString(8)}`, `0x${part.toString(16)}`][bases[at] ?? 0])
    .join('.');
}

describe('any address', () => {
  const dotted = (value: number) => [24, 16, 8, 0].map((shift) => (value >>> shift) & 0xff).join('.');
  const hex = (value: number) => `${(value >>> 16).toString(16)}:${(value & 0xffff).toString(16)}`;

  test('[U2] is answered alike in every spelling', () => {
    fc.assert(
      fc.property(spellings, ({ value, text }) => {
        expect(decide(`http://${text}/`)).toEqual(decide(`http://${dotted(value)}/`));
      }),
      { numRuns: 500 },
    );
  });

  const privates = fc.oneof(
    ...[
      ...[
        [0x7f000000, 8],
        [0x0a000000, 8],
        [0xac100000, 12],
        [0xc0a80000, 16],
        [0xa9fe0000, 16],
        [0, 8],
      ],
      ...[
        [0x64400000, 10],
        [0xc6120000, 15],
        [0xe0000000, 4],
        [0xf0000000, 4],
      ],
    ].map(([base = 0, length = 32]) => fc.nat(2 ** (32 - length) - 1).map((rest) => base + rest)),
  );
  test('[U2] that is private is refused, by every spelling and inside of IPv6', () => {
    fc.assert(
      fc.property(
        privates,
        fc.integer({ min: 1, max: 4 }),
        fc.array(fc.nat(2), { minLength: 4, maxLength: 4 }),
        (value, count, bases) => {
          const prefixes = ['::', '::ffff:', '::ffff:0:', '64:ff9b::', '64:ff9b:1::'];
          const hosts = [
            spell(value, count, bases),
            ...prefixes.flatMap((prefix) => [`[${prefix}${dotted(value)}]`, `[${prefix}${hex(value)}]`]),
            `[2002:${hex(value)}::1]`,
          ];
          for (const host of hosts)
            expect({ host, is: blocked(`https://${host}/`) }).toEqual({ host, is: true });
        },
      ),
      { numRuns: 500 },
    );
  });

  test('[U1] no text is answered by an exception', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.webUrl()), (text) => {
        expect(['allow', 'deny']).toContain(decide(text).decision);
        expect(['allow', 'deny']).toContain(decide(`http://${text}`).decision);
      }),
      { numRuns: 500 },
    );
  });
});
