import { systemHome } from '../../system-home.ts';

/** What a service runs, and as whom. */
export type ServiceProgram = {
  /** The program and its arguments, absolute. */
  command: readonly string[];
  /** Where it finds agents. */
  path: string;
  /** For the whole machine, as a user of its own, or for whoever installs it. */
  isSystem: boolean;
  /** How long turns and agents may take to end, seconds. */
  stopSeconds: number;
};

/** A unit for systemd (systemd.service(5), systemd.exec(5)). */
export function systemdUnit({ command, path, isSystem, stopSeconds }: ServiceProgram): string {
  return `[Unit]
Description=HotPlex, coding agents as services
${isSystem ? 'After=network-online.target\nWants=network-online.target\n' : ''}
[Service]
Type=exec
ExecStart=${command.map((word) => quoted(word).replaceAll('$', '$$$$')).join(' ')}
ExecReload=/bin/kill -HUP $MAINPID
Environment=${quoted(`PATH=${path}`)}
Restart=on-failure
RestartSec=2
TimeoutStopSec=${stopSeconds}
# The gateway ends its agents itself, and those that shall outlive it go on (worker.orphan_grace).
KillMode=process
UMask=0077
NoNewPrivileges=yes
LockPersonality=yes
RestrictRealtime=yes
${isSystem ? systemWalls : ''}
[Install]
WantedBy=${isSystem ? 'multi-user.target' : 'default.target'}
`;
}

/** NOTE: agents run behind these walls, too, and need namespaces and a /proc of their own: what hides parts of /proc stays off. */
const systemWalls = `User=hotplex
Group=hotplex
WorkingDirectory=${systemHome}
Environment=HOME=${systemHome} NODE_ENV=production
CapabilityBoundingSet=
AmbientCapabilities=
ProtectSystem=strict
ProtectHome=yes
ReadWritePaths=${systemHome}
PrivateTmp=yes
PrivateDevices=yes
ProtectClock=yes
ProtectControlGroups=yes
ProtectHostname=yes
ProtectKernelModules=yes
RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX AF_NETLINK
RestrictSUIDSGID=yes
RemoveIPC=yes
SystemCallArchitectures=native
SystemCallFilter=~@clock @cpu-emulation @module @obsolete @raw-io @reboot @swap
`;

/** One word of a unit, where `%` means something. In a command line `$` does, too. */
function quoted(word: string): string {
  return `"${word.replace(/["\\]/g, '\\$&').replaceAll('%', '%%')}"`;
}
