/** How well a line of the palette fits what was typed, 0 for not at all: every word has to be in what it is found by. */
export function scoreOf(_id: string, typed: string, keywords: string[] = []): number {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  const [label = '', ...others] = keywords.map((keyword) => keyword.toLowerCase());
  const scores = words.map((word) => {
    if (label.startsWith(word)) return 1;
    if (label.includes(` ${word}`)) return 0.9;
    if (label.includes(word)) return 0.7;
    return others.some((other) => other.includes(word)) ? 0.3 : 0;
  });
  return scores.length === 0 ? 1 : Math.min(...scores);
}
