/** A file that shows what another one of its kind looks like. */
const example = /(^|\.)(example|sample|template|dist)(\.env)?$/i;

/** Files of a project that hold what lets somebody in, by the names that their tools give them. */
const secretNames: readonly RegExp[] = [
  /(^|\.)env$|^\.env\./i,
  /^\.dev\.vars(\.|$)/i,
  /^\.(envrc|netrc|npmrc|pypirc|pgpass|git-credentials|vault-token)$/i,
  /^\.yarnrc(\.ya?ml)?$/i,
  /^\.(htpasswd|dockerconfigjson|dockercfg|\w+_history)$/i,
  /^id_(rsa|dsa|ecdsa|ed25519)(_sk)?$/i,
  /\.(pem|key|p12|pfx|jks|keystore|kdbx)$/i,
  /^(credentials|service-account.*)\.json$/i,
  /^\.?secrets?\.(ya?ml|json|toml|ini|properties)$/i,
  /\.tfstate(\.backup)?$/i,
  /\.tfvars(\.json)?$/i,
  /(^|\.)kubeconfig(\.ya?ml)?$/i,
  /^rclone\.conf$/i,
];

/** Folders of tools in a home, which a project may have as well. */
const secretPlaces = /(^|\/)(\.aws\/credentials|\.kube\/config|\.docker\/config\.json)$/i;

/** Whether a file is called like one that lets somebody in, by its path in the work dir. */
export function isSecretName(path: string): boolean {
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (example.test(name)) return false;
  return secretPlaces.test(path) || secretNames.some((shape) => shape.test(name));
}
