/** What a tool of the system gets of the gateway's environment: where to find programs, and none of its secrets. */
export function systemEnvironment(): { PATH: string } {
  return { PATH: process.env.PATH ?? '/usr/bin:/bin' };
}
