import { isOpen } from '../../place/wildcard.ts';
import { wordList } from '../../place/word-list.ts';
import { type Call, type Command, unknownData } from '../shell.ts';
import { checkLooseWord } from './loose-words.ts';
import { ask } from './objections.ts';
import { type Options, parseOptions } from './parse-options.ts';

/**
 * Programs of which single commands cannot be taken back, or reach others: names | options with a value before the
 * command | phrases that are a question, `*` any word, an option anywhere behind `+`. From their manuals.
 */
const lines = `
kubectl oc k3s microk8s | -n --namespace --context --kubeconfig -s --server --user --cluster --token --as | delete; drain; cordon; taint; replace + --force; apply; create; patch; edit; scale; exec; cp; port-forward; proxy; run; rollout undo; rollout restart; config set*; config use*; set *; label; annotate; debug; attach; get secret; get secrets; describe secret; config view + --raw
helm | -n --namespace --kube-context --kubeconfig | uninstall; delete; del; un; rollback; upgrade; install; plugin install; push; repo add; test
terraform tofu terragrunt | -chdir | destroy; apply; import; state rm; state mv; state push; taint; untaint; force-unlock; workspace delete; console; login
pulumi cdk cdktf serverless sls sst amplify | -C --cwd -s --stack | destroy; up; update; deploy; remove; cancel; stack rm; state delete; refresh; delete; bootstrap; config set
aws | --profile --region --output --endpoint-url --query --ca-bundle | * delete*; * remove*; * terminate*; * put*; * create*; * update*; * run*; * stop*; * reboot*; * modify*; s3 rm; s3 rb; s3 cp; s3 mv; s3 sync; s3 mb; * send*; * invoke; secretsmanager get*; ssm get*; sts get-session-token; sts assume*; configure get*; configure export*; configure set; ecr get*; * attach*; * detach*; * authorize*; * start*; ssm *; iam *
gcloud gsutil bq az doctl hcloud linode-cli vultr-cli ibmcloud oci scw exo | --project --account --format --region --zone -g --resource-group --subscription -o --output | * delete; * * delete; * * * delete; delete; rm; cp; mv; rsync; deploy; * deploy; * * deploy; * create; * * create; * * * create; auth print*; auth application-default print*; auth token; account get-access-token; * ssh; secrets versions access; keyvault *; * update; * * update; * set*; destroy; * rm; * * rm; functions deploy; app deploy; * stop; * * stop; storage *
heroku fly flyctl vercel now netlify firebase surge railway render wrangler supabase cf eb dokku shopify neonctl pscale turso planetscale | -a --app -t --token --cwd --project -p | *destroy; deploy; * destroy; publish; pg:reset; * delete; * remove; remove; rm; secrets *; secret *; env *; config:set; config; config:get; auth:token; auth token; run; ssh; ssh *; ps:stop; releases:rollback; promote; --prod; db reset; db push; d1 *; kv *; r2 *; up; rollback; link; --; + --prod
gh | -R --repo | repo delete; repo create; repo edit; repo archive; repo rename; repo sync; repo fork; release create; release delete; release upload; release edit; secret *; variable *; auth *; pr merge; pr close; issue delete; issue close; gist *; api; workflow run; workflow disable; run cancel; run delete; extension install; extension exec; ssh-key *; gpg-key *; codespace *; alias set; config set; label delete; cache delete; run rerun; ruleset *; project delete
glab hub tea | -R | repo delete; delete; release create; release delete; auth *; api; mr merge; variable *; ci *; token *
docker podman nerdctl | -H --host --context -c --config -l --log-level | system prune; system reset; volume prune; volume rm; volume remove; image prune; images prune; container prune; network prune; builder prune; buildx prune; network rm; push; login; logout; rmi + -f; rm + -f; rm + -v; container rm + -f; image rm + -f; compose down + -v; compose down + --volumes; compose down + --rmi; compose rm; swarm *; stack rm; stack deploy; service *; node *; secret *; config *; plugin *; context *; load; import; save; export; commit; kill; manifest push; trust *; buildx bake; compose push; stop + -a; image push; update; cp; checkpoint *; attach; image load; compose kill
docker-compose podman-compose | -f --file -p --project-name --profile --env-file --project-directory | down + -v; down + --volumes; down + --rmi; rm; push; kill
buildah skopeo crane oras cosign regctl | | push; copy; delete; sign; attach; rm; rmi; sync; login; run; mount; from
npm pnpm yarn bun | -C --prefix -w --workspace --filter --dir --cwd -F | publish; unpublish; deprecate; dist-tag *; owner *; access *; adduser; login; logout; token *; hook *; team *; org *; profile *; star; npm publish; npm tag; npm login; config set; config edit; config delete; c set; set; cache clean; store prune; cache clear; version; pub; link; ln; exec; x; dlx; create; init; stage *; trust *; config get *_authToken; config get *_password; config get + _authToken; get; deploy; audit fix + --force
deno | | eval *; eval; publish; deploy; install; upgrade; repl; jupyter
pip pip3 pipx uv poetry pdm hatch flit twine conda mamba micromamba rye pixi | -C --directory --project --proxy --cache-dir -n --name -p | publish; upload; config set; config *; cache purge; cache remove; self update; source add; env remove; register; login; build + --publish; auth *; token *; repository *; keyring *; index *; tool run
cargo rustup | -C --manifest-path --config -Z | publish; yank; owner; login; logout; install; uninstall; self uninstall; default; toolchain uninstall; run-script; fix + --allow-dirty
go | -C | install; env + -w; clean + -modcache; run *@*; mod edit + -replace; telemetry on
gem |  | push; yank; owner; signin; signout; install; uninstall; cert *; config set; config *; sources *; release
bundle bundler rake |  | config *; release; plugin install; db:drop; db:reset; db:drop:all
rails bin/rails artisan manage.py mix flask django-admin prisma knex sequelize typeorm drizzle-kit alembic flyway liquibase goose-db dbmate sqlx diesel | | db:drop; db:reset; db:drop:all; db:migrate:reset; db:schema:load; db:seed:replant; flush; reset_db; dbshell; sqlflush; migrate:fresh; migrate:reset; migrate:refresh; migrate reset; db:wipe; tinker; runner; console; shell; ecto.drop; ecto.reset; migrate reset; db push; db drop; db execute; hex.publish; dropAll; drop-all; schema:drop; downgrade; database drop; database reset; schema drop; db downgrade; db:migrate:undo:all; schema:sync; drop
apt apt-get aptitude dpkg apt-key apt-mark add-apt-repository snap flatpak dnf yum microdnf rpm zypper pacman yay paru apk emerge xbps-install brew port nix-env nix-channel guix winget choco scoop opkg tdnf eopkg | -o -c -t | install; remove; purge; autoremove; update; upgrade; dist-upgrade; full-upgrade; reinstall; clean; autoclean; -i; -r; -P; -U; -e; -S*; -R*; add; del; delete; erase; tap; untap; uninstall; -iA; --install; refresh; remote-add; hold; unhold; adv; autoremove; cask *; services *; link; unlink; edit; -Uvh; -ivh; --configure; --add-architecture; ppa:*; build-dep; source; download; localinstall; groupinstall; swap; downgrade; --import; in; rm; up; system *; pull
mvn mvnw gradle gradlew sbt ant lein nuget dotnet paket xcodebuild fastlane pod carthage swift flutter dart pub | -f -s -P -D -p -b -c | deploy; deploy:*; release:*; publish*; uploadArchives; push; nuget push; nuget delete; trunk push; pub publish; publish; exec:java; exec:exec; tool install; workload *; release; upload_to_*; deliver; pilot; sonatype*; jib; dockerPush; nexus*; closeAndRelease*; nuget add; user-secrets *; dev-certs *
redis-cli valkey-cli keydb-cli | -h -p -a -n -u -s | flushall; flushdb; shutdown; config set; config rewrite; debug *; eval; script *; del; unlink; slaveof; replicaof; module load; save; --eval
vault consul etcdctl nomad op bw lpass pass gopass secret-tool keyring security sops age age-keygen chamber doppler infisical aws-vault keepassxc-cli gnome-keyring | -address -namespace | *
ansible ansible-playbook ansible-pull puppet chef-client salt salt-call knife pssh fab capistrano cap packer vagrant virsh VBoxManage qm pct lxc lxc-attach lxc-start lxd multipass qemu-system-x86_64 minikube kind k3d colima limactl eksctl kops crictl ctr runc crun helmfile argocd flux skaffold tilt octant telepresence istioctl linkerd | | *
claude codex opencode gemini cursor-agent aider goose crush amp copilot droid pi hotplex openclaw q kiro qwen mcp | | *
certbot acme.sh mkcert step ssh-add ssh-agent gpg-agent pinentry kinit klist kadmin ldapadd ldapmodify ldapdelete rabbitmqctl kafka-topics kafka-topics.sh supervisorctl pm2 forever monit postqueue postsuper a2enmod a2ensite nginx apachectl apache2ctl caddy haproxy varnishd squid mongod mysqld postgres pg_ctl initdb redis-server memcached influxd | | *
wall write mesg talk | | *
`;

type Service = { valued: ReadonlySet<string>; phrases: readonly (readonly string[])[] };

const services: ReadonlyMap<string, Service> = new Map(
  lines
    .trim()
    .split('\n')
    .flatMap((line) => {
      const [names = '', valued = '', phrases = ''] = line.split('|').map((part) => part.trim());
      const service: Service = {
        valued: new Set(valued.split(/\s+/).filter(Boolean)),
        phrases: phrases.split(';').map(wordList),
      };
      return names.split(/\s+/).map((name) => [name, service] as const);
    }),
);

/** Whether the words of a call begin with a phrase. */
function says(phrase: readonly string[], operands: readonly string[], options: Options): boolean {
  const plus = phrase.indexOf('+');
  const words = plus < 0 ? phrase : phrase.slice(0, plus);
  const flags = plus < 0 ? [] : phrase.slice(plus + 1);
  if (flags.some((flag) => !options.has(flag) && !operands.includes(flag))) return false;
  return words.every((word, index) => matches(word, operands[index], options));
}

function matches(word: string, operand: string | undefined, options: Options): boolean {
  if (word.startsWith('-') && word !== '--')
    return options.options.some(
      ({ name }) => name === word || (word.endsWith('*') && name.startsWith(word.slice(0, -1))),
    );
  if (operand === undefined) return false;
  if (isOpen(operand)) return true;
  const pattern = word
    .split('*')
    .map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
    .join('.*');
  return new RegExp(`^${pattern}$`, 'i').test(operand);
}

/** Asks for the phrases of a service; tells whether it did. */
export function judgePhrases(call: Call): boolean {
  const service = services.get(call.name);
  if (!service) return false;
  const options = parseOptions(call.args, { valued: service.valued });
  const { operands } = options;
  const looks =
    call.args.some((arg) => /^(?:--help|--version|--dry-run)$/.test(arg)) && !call.args.includes('push');
  const phrase = service.phrases.find((words) => says(words, operands, options));
  if (!phrase || (looks && phrase[0] !== '*') || call.args.length === 0) return false;
  ask(
    call,
    'C5',
    `${call.name} ${phrase.filter((word) => word !== '+' && word !== '*').join(' ')} reaches others or cannot be taken back`.replace(
      '  ',
      ' ',
    ),
  );
  return true;
}

const runService: Command = (call) => {
  judgePhrases(call);
  for (const arg of call.args) checkLooseWord(arg, call.shell, { readOnly: false });
  return unknownData;
};

/** Statements of databases that lose or leak what they hold. */
const dangerousStatement =
  /\b(?:drop\s+(?:database|table|schema|index|view|user|role|collection|keyspace|owned|function|tablespace|column|constraint|extension|type|sequence|trigger)|truncate\b|delete\s+from\b(?![^;]*\bwhere\b)|alter\s+(?:table\b[^;]*\bdrop|user|role|database|system)|grant\b|revoke\b|copy\b[^;]*\b(?:program|to|from)\b|into\s+(?:out|dump)file|load_file|load\s+data|load_extension|pg_read_file|lo_(?:im|ex)port|xp_cmdshell|shutdown|create\s+(?:extension|function|user|role)|update\s+\w+\s+set\b(?![^;]*\bwhere\b)|attach\s+database|vacuum\s+into|dropdatabase|deletemany\s*\(\s*(?:\{\s*\})?\s*\)|\.drop\s*\(|\.remove\s*\(\s*\{?\s*\}?\s*\))|(?:^|[\s;])\\(?:!|o|copy|i|g)\s*\||^\s*\\!|^\s*\.(?:shell|system|import|load|output|once|excel|read|restore|save|backup|clone|archive|log|open)\b/im;
const databases = wordList(
  'psql mysql mariadb sqlite3 sqlite mongosh mongo clickhouse-client clickhouse cqlsh cockroach duckdb sqlcmd isql bsqldb usql pgcli mycli litecli influx snowsql hdbsql bteq sqlplus rsql cypher-shell surreal',
);
const databaseTools = wordList(
  'dropdb dropuser createuser createdb mysqladmin pg_restore pg_dumpall mongorestore mongodump mysqlimport pg_dropcluster mysql_secure_installation mongoimport reindexdb',
);

const runDatabase: Command = (call) => {
  const { args, shell, streams } = call;
  const texts = [...args, ...streams.stdin];
  if (texts.some((text) => dangerousStatement.test(text)))
    ask(call, 'C5', 'it deletes or changes data, rights or files by a database');
  if (streams.stdin.some((text) => isOpen(text)) && call.streams.stdin !== unknownData)
    ask(call, 'C5', 'which statements it runs is not known');
  const options = parseOptions(args, {
    valued: new Set([
      '-c',
      '--command',
      '-e',
      '--execute',
      '--eval',
      '-f',
      '--file',
      '-h',
      '-p',
      '-U',
      '-d',
      '-u',
      '-P',
      '-o',
      '--output',
      '-L',
      '--log-file',
      '-init',
      '-cmd',
      '-q',
      '--query',
      '-D',
      '-S',
      '-v',
      '-F',
      '-R',
      '-T',
      '--host',
      '--port',
      '--dbname',
      '--username',
    ]),
  });
  const statements = new Set(
    options.valuesOf('-c', '--command', '-e', '--execute', '--eval', '-cmd', '-q', '--query'),
  );
  for (const text of statements) if (isOpen(text)) ask(call, 'C5', 'which statements it runs is not known');
  for (const { value } of options.options)
    if (value !== undefined && !statements.has(value)) checkLooseWord(value, shell, { readOnly: false });
  for (const operand of options.operands.slice(0, 1)) checkLooseWord(operand, shell, { readOnly: false });
  return unknownData;
};

const question: Command = (call) => {
  ask(call, 'C5', `${call.name} changes a database`);
  for (const arg of call.args) checkLooseWord(arg, call.shell, { readOnly: false });
  return unknownData;
};

/** Clients of services, clouds, registries and databases. */
export const serviceCommands: readonly (readonly [string, Command])[] = [
  ...[...services.keys()].map((name) => [name, runService] as const),
  ...databases.map((name) => [name, runDatabase] as const),
  ...databaseTools.map((name) => [name, question] as const),
];
