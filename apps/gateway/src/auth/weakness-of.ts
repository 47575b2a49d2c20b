const shortest = 32;
const fewestCharacters = 8;
const placeholder = /change[-_ ]?me|replace[-_ ]?(me|this)|your[-_ ]?(api[-_ ]?)?key|example|placeholder/i;

/** Why a secret that somebody chose could be guessed (A1), to be said after its name; undefined if it is good. */
export function weaknessOf(secret: string): string | undefined {
  if (secret.length < shortest) return `is shorter than ${shortest} characters`;
  if (!/^[\x21-\x7e]+$/.test(secret)) return 'has characters that no header can carry';
  if (placeholder.test(secret)) return 'is a placeholder out of an example';
  if (new Set(secret).size < fewestCharacters) return 'repeats a few characters';
  return undefined;
}
