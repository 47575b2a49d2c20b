import { wordList } from './word-list.ts';

/** Trees that belong to the operating system: any write is a change of the machine (N2). */
export const systemTrees: readonly string[] = wordList(`
  /bin /boot /dev /etc /lib /lib32 /lib64 /libx32 /proc /root /run /sbin /sys /usr /var/spool /var/run
  /System /Library /private/etc /private/var/db /nix/store
`);

/** Start-up files and tool configuration of a person: what is written there runs later, as them (N2). */
export const homeConfiguration: readonly string[] = wordList(`
  .bashrc .bash_* .profile .zsh* .zlog* .zprofile .kshrc .mkshrc .cshrc .tcshrc .login .logout .inputrc
  .gitconfig .gitattributes .git-credentials .npmrc .yarnrc .yarnrc.yml .pnpmrc .pypirc .pip .condarc .ssh
  .gnupg .aws .azure .kube .docker .netrc .authinfo* .curlrc .wgetrc .pgpass .my.cnf .psqlrc .sqliterc
  .claude .claude.json .codex .gemini .cursor .pi .opencode .mcp.json .agents .hotplex .aider* .continue
  .vimrc .gvimrc .vim .exrc .nanorc .emacs .emacs.d .spacemacs .tmux.conf .screenrc .gdbinit .lldbinit
  .pdbrc .xinitrc .xsession* .xprofile .Xresources .pam_environment .environment .forward .procmailrc
  .mailcap .mailrc .lesskey .lessfilter .pythonrc* .pythonstartup .irbrc .pryrc .Rprofile .Renviron .perldb
  .perltidyrc .node_repl_history .noderc .babelrc .hgrc .svnrc .envrc .direnvrc .mise.toml .tool-versions
  .asdfrc .asdf .nvm .pyenv .rbenv .rustup .sdkman .volta .oh-my-zsh .oh-my-bash .vscode .vscode-server
  .terraformrc .terraform.d .bazelrc .makerc .ansible.cfg .ansible .subversion .muttrc .screenlayout
  .gradle/init.d .gradle/init.gradle .gradle/gradle.properties .m2 .cargo/bin .cargo/env .cargo/config
  .cargo/config.toml .cargo/credentials* bin .bin .local/bin .local/lib .local/share/applications
  .local/share/systemd .local/share/opencode .local/share/keyrings .local/share/bash-completion
  .local/share/dbus-1 .bun/bin .deno/bin .npm-global go/bin .yarn/bin .pnpm .local/share/pnpm
  Library/LaunchAgents .crontab .password-store .config/autostart .config/systemd .config/fish .config/git
  .config/opencode .config/environment.d .config/gh .config/gcloud .config/hub .config/nvim .config/vim
  .config/pip .config/npm .config/yarn .config/direnv .config/mise .config/hotplex .config/claude
  .config/crush .config/goose .config/plasma-workspace .config/i3 .config/sway .config/hypr .config/tmux
  .config/kitty .config/alacritty .config/wezterm .config/containers .config/rclone .config/starship.toml
  .config/powershell .config/zsh .config/nushell .config/xonsh .config/Code .config/VSCodium .config/zed
  .config/helix .config/github-copilot .config/dconf .config/mimeapps.list
`);

/** Files of a project that a tool or an agent obeys or runs by itself (C5): at any depth. */
export const projectConfiguration: readonly string[] = wordList(`
  .git/hooks .git/config .git/config.worktree .git/info/attributes .git/modules/*/hooks
  .git/modules/*/config .git/worktrees/*/config .claude .mcp.json opencode.json opencode.jsonc .opencode
  .pi .codex .cursor .gemini .agents .continue .aider.conf.yml .vscode .idea .zed .fleet .devcontainer
  .devcontainer.json .envrc .husky .githooks .lefthook .direnv .mise.toml .npmrc .yarnrc.yml .exrc .nvimrc
  .gdbinit
`);
