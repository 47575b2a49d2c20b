const highlightName = 'found';

/**
 * Colours every place in an element where one of the words stands, by the CSS Custom Highlight API; without words, or
 * in a browser that lacks it, nothing is coloured. Returns the first place.
 */
export function markWords(element: Element, words: readonly string[]): Range | undefined {
  const ranges = findWords(element, words);
  if (typeof Highlight !== 'undefined') CSS.highlights.set(highlightName, new Highlight(...ranges));
  return ranges[0];
}

/** Takes the colour away again. */
export function unmarkWords(): void {
  if (typeof Highlight !== 'undefined') CSS.highlights.delete(highlightName);
}

function findWords(element: Element, words: readonly string[]): Range[] {
  const wanted = words.map((word) => word.toLowerCase()).filter((word) => word !== '');
  const ranges: Range[] = [];
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const text = node.textContent?.toLowerCase() ?? '';
    for (const word of wanted) {
      for (let at = text.indexOf(word); at !== -1; at = text.indexOf(word, at + word.length)) {
        const range = document.createRange();
        range.setStart(node, at);
        range.setEnd(node, at + word.length);
        ranges.push(range);
      }
    }
  }
  return ranges.sort((a, b) => a.compareBoundaryPoints(Range.START_TO_START, b));
}
