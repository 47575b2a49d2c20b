/** Where an operating system keeps programs and libraries: nobody's data and nobody's secrets. */
export const systemPlaces: readonly string[] = [
  ...['/usr', '/bin', '/sbin', '/lib', '/lib32', '/lib64', '/libx32', '/opt'],
  ...['/nix/store', '/gnu/store', '/run/current-system/sw'],
];

/**
 * What of /proc is the whole machine's, by man 5 proc. Who is root outside owns it, and so could write there without any
 * capability: `core_pattern` alone would run a program outside of the sandbox.
 */
export const kernelPlaces: readonly string[] = [
  ...[
    'sys',
    'sysrq-trigger',
    'irq',
    'bus',
    'fs',
    'acpi',
    'scsi',
    'driver',
    'mtrr',
    'asound',
    'dynamic_debug',
  ],
  ...['pressure', 'kcore', 'kmsg', 'kpagecount', 'kpageflags', 'kpagecgroup', 'slabinfo', 'timer_list'],
].map((name) => `/proc/${name}`);

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
