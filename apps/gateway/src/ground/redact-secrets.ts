/** What stands in the place of a secret. */
export const redacted = '[redacted]';

/**
 * Shapes that their makers gave to keys and tokens, so that they are known wherever they turn up
 * (docs.github.com “Secret scanning partner program”, docs of each provider).
 */
const shapes: readonly RegExp[] = [
  /-----BEGIN [A-Z ]{0,40}PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]{0,40}PRIVATE KEY-----|$)/g,
  // Amazon, Google, Microsoft.
  /\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/g,
  /\bAIza[\w-]{35}/g,
  /\bAccountKey=[\w+/=]{40,}/g,
  // GitHub, GitLab, npm, PyPI.
  /\bgh[pousr]_[A-Za-z0-9]{20,}/g,
  /\bgithub_pat_\w{20,}/g,
  /\bglpat-[\w-]{16,}/g,
  /\bnpm_[A-Za-z0-9]{30,}/g,
  /\bpypi-[\w-]{30,}/g,
  // Slack, Stripe, Hugging Face, and those that begin like the keys of OpenAI and Anthropic.
  /\bxox[abeprs]-[\w-]{10,}/g,
  /\b[rs]k_(?:live|test)_\w{10,}/g,
  /\bhf_[A-Za-z0-9]{20,}/g,
  /\bsk-[\w-]{16,}/g,
  // Our own, and tokens of anybody.
  /\bhotplex_(?:(?:share_)?[0-9a-f]{12}|approve)_[\w-]{20,}/g,
  // From where a word begins, so that no two looks go over the same characters; and what hangs on a word by a dash.
  /(?<![\w-])eyJ[\w-]{8,2000}\.eyJ[\w-]{8,}(?:\.[\w-]*)?/g,
  /(?<=-eyJ[\w-]{8,2000}\.)eyJ[\w-]{8,}(?:\.[\w-]*)?/g,
];

const secretWord =
  'password|passwd|passphrase|secret|token|api[_-]?key|access[_-]?key|private[_-]?key|credentials?';

/**
 * What follows these is a secret whatever it looks like. The first group stays. None looks back at what stands before its
 * word: in a row of such words each would.
 */
const introductions: readonly RegExp[] = [
  /(\b[a-z][a-z0-9+.-]{1,20}:\/\/[^\s:@/]{0,100}:)[^\s@/]{1,200}(?=@)/gi,
  /(\bauthorization["']?\s{0,4}[:=]\s{0,4}["']?(?:(?:bearer|basic|token)\s{1,4})?)[^\s"',;]{6,}/gi,
  /(\bbearer\s{1,4})[\w.~+/=-]{16,}/gi,
  // A setting as environments have it: DATABASE_PASSWORD=…
  /((?:PASSWORD|PASSWD|PASSPHRASE|SECRET|TOKEN|API_KEY|ACCESS_KEY|PRIVATE_KEY|CREDENTIALS?)[A-Z0-9_]{0,20}\s{0,2}=\s{0,2}["']?)[^\s"']{1,}/g,
  // A value in quotes, or one with a digit in it: that is no name of something.
  new RegExp(`((?:${secretWord})["']?\\s{0,4}[:=]\\s{0,4}(["'\`]))(?:(?!\\2)[^\\n]){4,}`, 'gi'),
  new RegExp(`((?:${secretWord})\\s{0,4}[:=]\\s{0,4})(?=[^\\s"'\`,;]{0,100}\\d)[^\\s"'\`,;()]{8,}`, 'gi'),
];

const secretName = new RegExp(`(?:${secretWord})$`, 'i');

/** Whether what an object holds under this name is a secret. */
export const isSecretName = (name: string): boolean => secretName.test(name);

/**
 * A text without what looks like a key, a token or a password. It goes by shapes: what looks like nothing of the kind
 * stays, and now and then something harmless goes. How long it takes grows with the text and no faster, whatever it is.
 */
export function redactSecrets(text: string): string {
  let clean = text;
  for (const shape of shapes) clean = clean.replace(shape, redacted);
  for (const introduction of introductions) clean = clean.replace(introduction, `$1${redacted}`);
  return clean;
}
