/** The address of what a link shows. Its token stands in the fragment, which browsers send to nobody. */
export function sharedUrl(origin: string, token: string): string {
  return `${origin}/shared#${token}`;
}
