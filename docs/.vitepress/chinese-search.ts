/** So many characters of Chinese, and what is shorter, are found in one piece. */
const longest = 8;

/**
 * The HTML of a page as the search is to read it. The index knows words by the spaces between them and finds what begins
 * with what was typed; Chinese has no spaces. So each of its characters begins a word of its own. Only what is searched
 * goes through this, never what is shown; headings are shown in the results, so theirs follow them.
 */
export function spellOut(html: string): string {
  return html
    .split(/(<h\d.*?<\/h\d>)/s)
    .map((part) => (part.startsWith('<h') ? `${part}<p>${words(part).join(' ')}</p>` : withWords(part)))
    .join('');
}

const withWords = (text: string) => text.replace(/\p{Script=Han}+/gu, (run) => ` ${words(run).join(' ')} `);

function words(text: string): string[] {
  const runs = text.match(/\p{Script=Han}+/gu) ?? [];
  return runs.flatMap((run) => Array.from(run, (_, at) => run.slice(at, at + longest)));
}
