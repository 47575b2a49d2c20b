import { wordList } from './word-list.ts';

/**
 * Files whose content lets somebody in (N6). `~` is the home of anybody; `**` everything below. Names are those that
 * the tools document as their credential store.
 */
export const secretPlaces: readonly string[] = wordList(`
  /etc/shadow /etc/shadow- /etc/gshadow /etc/gshadow- /etc/master.passwd /etc/sudoers.d/**
  /etc/ssh/ssh_host_*_key /etc/ssl/private/** /etc/krb5.keytab /etc/kubernetes/** /etc/security/opasswd
  /etc/docker/key.json /etc/wireguard/** /etc/openvpn/** /etc/letsencrypt/**
  /etc/NetworkManager/system-connections/** /run/secrets/** /var/run/secrets/** /var/lib/kubelet/**
  /var/spool/cron/** /var/backups/shadow* /proc/*/environ /proc/*/mem /proc/*/task/*/environ
  /proc/*/task/*/mem /proc/kcore /dev/mem /dev/kmem /dev/port /proc/*/auxv /proc/*/task/*/auxv
  /sys/firmware/efi/efivars/** ~/.ssh/** ~/.gnupg/** ~/.aws/** ~/.azure/** ~/.kube/** ~/.docker/config.json
  ~/.config/containers/auth.json ~/.config/gcloud/** ~/.config/gh/hosts.yml ~/.config/glab-cli/**
  ~/.config/hub ~/.git-credentials ~/.config/git/credentials ~/.netrc ~/.authinfo ~/.authinfo.gpg ~/.npmrc
  ~/.yarnrc ~/.yarnrc.yml ~/.pypirc ~/.config/pip/pip.conf ~/.claude/.credentials.json ~/.claude.json
  ~/.config/claude/** ~/.codex/auth.json ~/.gemini/oauth_creds.json ~/.local/share/opencode/auth.json
  ~/.config/opencode/auth.json ~/.pi/agent/auth.json ~/.pi/auth.json ~/.config/github-copilot/**
  ~/.cargo/credentials ~/.cargo/credentials.toml ~/.gem/credentials ~/.composer/auth.json
  ~/.config/composer/auth.json ~/.m2/settings.xml ~/.m2/settings-security.xml ~/.gradle/gradle.properties
  ~/.nuget/NuGet/NuGet.Config ~/.terraform.d/credentials.tfrc.json ~/.terraformrc ~/.vault-token
  ~/.config/doctl/** ~/.config/op/** ~/.fly/config.yml ~/.pgpass ~/.my.cnf ~/.mylogin.cnf ~/.boto ~/.s3cfg
  ~/.config/rclone/** ~/.config/heroku/** ~/.oci/** ~/.config/hcloud/** ~/.password-store/**
  ~/.local/share/keyrings/** ~/.mozilla/** ~/.config/google-chrome/** ~/.config/chromium/**
  ~/.config/hotplex/** ~/.hotplex/** ~/.config/sops/** ~/.config/age/** ~/.age/** ~/.electrum/**
  ~/.bitcoin/**
`);

/** What lies among the secrets and is none: the public halves, and who is known. */
export const publicPlaces: readonly string[] = wordList(`
  ~/.ssh/*.pub ~/.ssh/known_hosts* ~/.ssh/config ~/.ssh/authorized_keys ~/.ssh/allowed_signers
`);
