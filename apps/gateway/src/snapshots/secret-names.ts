/** Files of a project that hold what lets somebody in, by the names that their tools give them. */
const secretNames: readonly RegExp[] = [
  /^\.env(\.(?!example$|sample$|template$|dist$).*)?$/,
  /^\.(envrc|netrc|npmrc|pypirc|pgpass|git-credentials|vault-token)$/,
  /^id_(rsa|dsa|ecdsa|ed25519)$/,
  /\.(pem|key|p12|pfx|jks|keystore|kdbx)$/i,
  /^(credentials|service-account.*)\.json$/,
  /\.tfstate(\.backup)?$/,
];

/** Whether a file is called like one that lets somebody in. */
export const isSecretName = (name: string): boolean => secretNames.some((shape) => shape.test(name));
