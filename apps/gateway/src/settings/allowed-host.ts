/** One entry of the list of hosts that agents may reach. */
export type AllowedHost = {
  /** As URLs write it: lower case, addresses in one spelling and without brackets. */
  host: string;
  /** Whether it stands for all names below this one, and not for the name itself. */
  isBelow: boolean;
  /** Undefined for those of the web, 80 and 443. */
  port: number | undefined;
};

const entry = /^(\*\.)?([a-z\d](?:[a-z\d.-]*[a-z\d])?|\[[a-f\d:.]+\])(?::(\d{1,5}))?$/i;

/** Reads `host`, `*.domain`, `address` and the same with `:port`. Undefined if it is none of them. */
export function parseAllowedHost(text: string): AllowedHost | undefined {
  const [, star, name = '', digits] = entry.exec(text) ?? [];
  const url = URL.parse(`http://${name}/`);
  const port = digits === undefined ? undefined : Number(digits);
  if (!url || port === 0 || (port ?? 0) > 65_535) return undefined;
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
  // `*.com` would be nearly everything.
  if (star !== undefined && !/\.[^.]*[a-z][^.]*$/.test(host)) return undefined;
  return { host, isBelow: star !== undefined, port };
}
