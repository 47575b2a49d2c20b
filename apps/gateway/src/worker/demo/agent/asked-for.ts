/** How much a prompt like `300 every 5` asks for, and how many milliseconds apart; what it does not say is undefined. */
export function askedFor(rest: string): { count: number | undefined; pauseMs: number | undefined } {
  const [, count, pause] = /(\d+)(?:\s+every\s+(\d+))?/.exec(rest) ?? [];
  return { count: toNumber(count), pauseMs: toNumber(pause) };
}

function toNumber(digits: string | undefined): number | undefined {
  return digits === undefined ? undefined : Number(digits);
}
