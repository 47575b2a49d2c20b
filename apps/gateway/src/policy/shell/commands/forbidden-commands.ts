import { wild } from '../../place/wildcard.ts';
import { wordList } from '../../place/word-list.ts';
import type { Call, Command } from '../shell.ts';
import { noData, unknownData } from '../shell.ts';
import { interpret } from './interpret.ts';
import { checkLooseWord } from './loose-words.ts';
import { ask, deny, isAboutItself } from './objections.ts';

/** Programs that have one purpose, and no agent has it: rule, what they do, names. */
const kinds: readonly (readonly [string, string, string])[] = [
  [
    'N3',
    'it formats or overwrites a disk',
    'mkfs mke2fs mkswap mkdosfs mkntfs mkudffs wipefs parted gparted partprobe partx sfdisk cfdisk gdisk sgdisk cgdisk blkdiscard blkzone hdparm sdparm nvme cryptsetup luksformat mdadm lvremove vgremove pvremove lvcreate vgcreate pvcreate lvreduce lvresize resize2fs tune2fs e2fsck fsck badblocks debugfs xfs_repair xfs_growfs zpool zfs btrfs dmsetup losetup swapoff swapon mkinitcpio flashrom flash_erase nwipe scsi_unmap format diskutil newfs fdisk',
  ],
  [
    'N4',
    'it stops the machine',
    'shutdown reboot halt poweroff init telinit kexec rtcwake systemd-shutdown pm-suspend pm-hibernate zzz',
  ],
  [
    'N7',
    'it changes the accounts of the machine',
    'useradd userdel usermod adduser deluser groupadd groupdel groupmod addgroup delgroup gpasswd passwd chpasswd chgpasswd newusers chsh chfn chage vipw vigr visudo pwconv grpconv pam-auth-update groupmems lusermod luseradd faillock',
  ],
  [
    'N7',
    'it changes the kernel or what starts with the machine',
    'insmod modprobe rmmod depmod dkms grub-install update-grub grub-mkconfig update-initramfs update-rc.d chkconfig rc-update setsebool setenforce semanage restorecon aa-disable aa-complain apparmor_parser update-alternatives dpkg-divert bootctl efibootmgr ldconfig authconfig realm',
  ],
];

/** Administration that may be right, but not without a person. */
const asking: readonly (readonly [string, string])[] = [
  [
    'it changes what is mounted',
    'mount umount fusermount fusermount3 mount.nfs mount.cifs pivot_root switch_root findfs',
  ],
  [
    'it changes the network of the machine',
    'iptables ip6tables nft ebtables ufw firewall-cmd ifconfig route brctl tc ifup ifdown nmcli iw iwconfig dhclient arp arptables ipset ethtool',
  ],
  [
    'it changes the machine',
    'sysctl hostnamectl timedatectl localectl loginctl hwclock setterm setfont loadkeys chvt vconfig auditctl swaplabel quotaon setquota edquota machinectl portablectl homectl cgset cgexec cgcreate cgdelete keyctl',
  ],
  [
    'it looks into another process or runs code in it',
    'gdb lldb gdbserver dlv pmap gcore gstack pstack rr bpftrace bcc stap criu reptyr jattach ptrace lldb-server',
  ],
  [
    'it edits a file as a person would, and may run commands',
    'ed ex vi vim nvim view rvim gvim nano pico emacs emacsclient joe mcedit micro helix hx kak code subl',
  ],
  [
    'it opens something outside the session',
    'xdg-open sensible-browser x-www-browser firefox google-chrome chromium wl-copy xclip xsel pbcopy pbpaste notify-send zenity kdialog xdotool ydotool wmctrl screencapture scrot ffplay',
  ],
];

/** Ends processes by a name: a broad one ends more than its own. */
const killByName: Command = (call) => {
  const names = call.args.filter((arg) => !arg.startsWith('-'));
  const asUser = call.args.some((arg) => /^-(?:u|U|g|G|t|s|P|-user|-euid|-parent)/.test(arg));
  if (/^(?:killall5|slay)$/.test(call.name)) deny(call, 'N4', 'it ends every process');
  else if (
    asUser ||
    names.length === 0 ||
    names.some(
      (name) =>
        name.length < 3 ||
        /^[.*^\uE000-\uE004]|node|python|bash|^sh$|ssh|java|claude|opencode|hotplex|^pi$|systemd|\.\*/.test(
          name,
        ),
    )
  )
    ask(call, 'C5', 'it ends processes by a name that many have');
  return unknownData;
};

/** Tools that show something, unless an option or a word makes them change it. */
const showing: Readonly<Record<string, RegExp>> = {
  date: /^(?:-s|--set|-f|--file|\d{8,})/,
  hostname: /^[^-]|^-F/,
  ip: /^(?:add|del|delete|set|flush|change|replace|exec|link-netns)$/,
  dmesg: /^(?:-C|-c|-D|-n|--clear|--read-clear)$/,
};

const showOrChange: Command = (call) => {
  if (call.args.some((arg) => showing[call.name]?.test(arg))) ask(call, 'C5', 'it changes the machine');
  for (const arg of call.args) checkLooseWord(arg, call.shell, { readOnly: true });
  const at = call.args.indexOf('exec');
  if (call.name === 'ip' && at >= 0)
    call.shell.engine.runWords(call.args.slice(at + 2), call.shell, call.streams);
  return [wild.name];
};

const crontab: Command = (call) => {
  const { args } = call;
  if (args.every((arg) => arg === '-l' || arg === '-u' || !arg.startsWith('-')) && args.includes('-l'))
    return unknownData;
  else deny(call, 'N7', 'it changes what starts by itself');
  return unknownData;
};

/** systemctl and service: looking is free, changing what starts by itself is refused, the rest is a question. */
const services: Command = (call) => {
  const words = call.args.filter((arg) => !arg.startsWith('-'));
  const verb =
    words.find((word) => verbs.test(word)) ?? (call.name === 'service' ? words[1] : words[0]) ?? '';
  if (
    /^(?:poweroff|reboot|halt|kexec|suspend|hibernate|hybrid-sleep|suspend-then-hibernate|emergency|rescue|default|isolate|exit|switch-root|soft-reboot)$/.test(
      verb,
    )
  )
    deny(call, 'N4', 'it stops the machine');
  else if (
    /^(?:enable|reenable|link|mask|unmask|edit|set-default|preset|preset-all|add-wants|add-requires|disable|import-environment|set-environment|bootstrap|load)$/.test(
      verb,
    )
  )
    deny(call, 'N7', 'it changes what starts by itself');
  else if (
    !/^(?:status|is-active|is-enabled|is-failed|is-system-running|list-.*|show|cat|help|get-default|show-environment|list|print|--status-all)?$/.test(
      verb,
    )
  )
    ask(call, 'C5', 'it starts or stops services');
  return unknownData;
};
const verbs =
  /^(?:poweroff|reboot|halt|kexec|enable|disable|mask|unmask|start|stop|restart|reload|status|isolate)$/;

const forbid =
  (rule: string, reason: string): Command =>
  (call: Call) => {
    const looks =
      call.args.some((arg) => /^(?:-l|--list|--version|-V|--help|--show|-S|--status)$/.test(arg)) ||
      isAboutItself(call);
    const harmless =
      /^(?:fdisk|sfdisk|parted|gdisk|sgdisk|passwd|chage|nvme|zfs|zpool|btrfs|update-alternatives|losetup|swapon|cryptsetup)$/.test(
        call.name,
      ) || isAboutItself(call);
    if (looks && harmless) ask(call, 'C5', 'it looks at the disks or accounts of the machine');
    else deny(call, rule, reason);
    return unknownData;
  };

const question =
  (reason: string): Command =>
  (call) => {
    if (!isAboutItself(call)) ask(call, 'C5', reason);
    return unknownData;
  };

/** Editors and debuggers: the commands they are given may be text for a shell (C3). */
const runEditor =
  (reason: string): Command =>
  (call) => {
    if (isAboutItself(call)) return unknownData;
    ask(call, 'C5', reason);
    const program = call.args.indexOf('--args');
    if (program >= 0) call.shell.engine.runWords(call.args.slice(program + 1), call.shell, call.streams);
    for (const arg of call.args) {
      const text =
        /(?:^|[:+|\s])!\s*([\s\S]+)$/.exec(arg)?.[1] ??
        /^\s*(?:shell|pipe|platform shell|make)\s+([\s\S]+)$/.exec(arg)?.[1] ??
        /system\(['"]([\s\S]*)['"]\)/.exec(arg)?.[1] ??
        /shell-command "([^"]*)"/.exec(arg)?.[1];
      if (text !== undefined) interpret([text], call.shell, { stdin: noData, network: false });
      checkLooseWord(arg, call.shell, { readOnly: false });
    }
    return unknownData;
  };

/** Programs of which the name says enough. */
export const forbiddenCommands: readonly (readonly [string, Command])[] = [
  ...kinds.flatMap(([rule, reason, names]) =>
    wordList(names).map((name) => [name, forbid(rule, reason)] as const),
  ),
  ...asking.flatMap(([reason, names]) =>
    wordList(names).map(
      (name) => [name, /edits|code in it/.test(reason) ? runEditor(reason) : question(reason)] as const,
    ),
  ),
  ...['pkill', 'killall', 'killall5', 'slay', 'xkill', 'skill'].map((name) => [name, killByName] as const),
  ...Object.keys(showing).map((name) => [name, showOrChange] as const),
  ['crontab', crontab],
  ...['systemctl', 'service', 'rc-service', 'initctl', 'launchctl', 'sv', 'supervisorctl'].map(
    (name) => [name, services] as const,
  ),
];

/** Families whose names carry a suffix, like mkfs.ext4. */
export function forbiddenFamily(name: string): Command | undefined {
  if (/^(?:mkfs|fsck|mke2fs|mount|umount)\.[\w-]+$/.test(name))
    return forbid('N3', 'it formats or overwrites a disk');
  return undefined;
}
