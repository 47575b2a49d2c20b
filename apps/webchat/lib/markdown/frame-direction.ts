/** What we read and write of an HTML tree (https://github.com/syntax-tree/hast). */
type Node = {
  type: string;
  tagName?: string;
  value?: string;
  properties?: Record<string, unknown>;
  children?: Node[];
};

/** What draws something where its lines begin: the marks of a list, the bar of a quotation. */
const framed = new Set(['ul', 'ol', 'blockquote']);
const code = new Set(['code', 'pre']);
const letter = /\p{L}/u;
const rightToLeft =
  /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Adlam}]/u;

type Direction = 'ltr' | 'rtl';

/**
 * Lists and quotations whose first letter is written from right to left have their marks on the right. Their lines, as all
 * others, are laid out by the style sheet, each by itself.
 */
export function framesByDirection() {
  return (tree: Node) => mark(tree, 'ltr');
}

function mark(node: Node, around: Direction): void {
  const own = framed.has(node.tagName ?? '') ? directionOf(firstLetter(node)) : undefined;
  if (own !== undefined && own !== around) node.properties = { ...node.properties, dir: own };
  for (const child of node.children ?? []) mark(child, own ?? around);
}

function directionOf(first: string | undefined): Direction | undefined {
  if (first === undefined) return undefined;
  return rightToLeft.test(first) ? 'rtl' : 'ltr';
}

/** Code says nothing of what it stands in. */
function firstLetter(node: Node): string | undefined {
  if (node.type === 'text') return letter.exec(node.value ?? '')?.[0];
  if (code.has(node.tagName ?? '')) return undefined;
  for (const child of node.children ?? []) {
    const found = firstLetter(child);
    if (found !== undefined) return found;
  }
  return undefined;
}
