/** A command as a line for a shell that POSIX knows: into its folder, then the program with its arguments. */
export function shellLine(folder: string, command: readonly string[]): string {
  return `cd ${quote(folder)} && ${command.map(quote).join(' ')}`;
}

function quote(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
