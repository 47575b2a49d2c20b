/** An id for a message of the user. NOTE: `crypto.randomUUID` does not exist on plain-http addresses of a network. */
export function newInputId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return `in_${[...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}
