/** Where an operating system keeps programs and libraries: nobody's data and nobody's secrets. */
export const systemPlaces: readonly string[] = [
  ...['/usr', '/bin', '/sbin', '/lib', '/lib32', '/lib64', '/libx32', '/opt'],
  ...['/nix/store', '/gnu/store', '/run/current-system/sw'],
];

/**
 * What programs read of `/etc` to find libraries, names, certificates, time and language. Passwords, keys and the settings
 * of services are not among it.
 */
export const etcPlaces: readonly string[] = [
  ...['ld.so.cache', 'ld.so.conf', 'ld.so.conf.d', 'alternatives', 'os-release', 'debian_version'],
  ...[
    'passwd',
    'group',
    'nsswitch.conf',
    'host.conf',
    'hosts',
    'resolv.conf',
    'gai.conf',
    'services',
    'protocols',
  ],
  ...[
    'ssl/certs',
    'ssl/openssl.cnf',
    'ca-certificates',
    'ca-certificates.conf',
    'pki/tls',
    'pki/ca-trust',
    'crypto-policies',
  ],
  ...[
    'localtime',
    'timezone',
    'locale.alias',
    'locale.conf',
    'default/locale',
    'terminfo',
    'mime.types',
    'magic',
  ],
  ...['profile', 'bash.bashrc', 'inputrc', 'gitconfig', 'gitattributes', 'fonts', 'mailcap', 'machine-info'],
].map((name) => `/etc/${name}`);
