/** How a run of terminal text looks. Colours are indexes 0–255 or `#rrggbb`. */
export type AnsiStyle = {
  color?: number | string;
  background?: number | string;
  bold?: boolean;
  dim?: boolean;
  italic?: boolean;
  underline?: boolean;
  strike?: boolean;
  inverse?: boolean;
};

export type AnsiRun = { text: string; style: AnsiStyle };

// CSI sequences, OSC strings (titles, links), two-character escapes, and the controls other than tab and newline.
const sequence =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: terminal output is made of them
  /\u001b\[([0-9;:?<=>]*)[ -/]*([@-~])|\u001b\][^\u0007\u001b]*(?:\u0007|\u001b\\|$)|\u001b[ -/]*[0-~]?|[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g;

/** Terminal output as styled runs of plain text. Escapes that do anything but style are dropped; nothing becomes markup (X5). */
export function parseAnsi(output: string): AnsiRun[] {
  const runs: AnsiRun[] = [];
  let style: AnsiStyle = {};
  let position = 0;
  const text = overwriteLines(output);
  const push = (piece: string) => {
    if (piece === '') return;
    const last = runs.at(-1);
    if (last && last.style === style) last.text += piece;
    else runs.push({ text: piece, style });
  };
  for (const match of text.matchAll(sequence)) {
    push(text.slice(position, match.index));
    position = match.index + match[0].length;
    if (match[2] === 'm') style = applySgr(style, match[1] ?? '');
  }
  push(text.slice(position));
  return runs;
}

/** What a terminal shows of lines that return to their start, as progress bars do: the last writing. */
function overwriteLines(output: string): string {
  if (!output.includes('\r')) return output;
  return output
    .replaceAll('\r\n', '\n')
    .split('\n')
    .map((line) => line.replace(/\r+$/, '').split('\r').at(-1) ?? '')
    .join('\n');
}

const flags: Record<number, AnsiStyle> = {
  1: { bold: true },
  2: { dim: true },
  3: { italic: true },
  4: { underline: true },
  7: { inverse: true },
  9: { strike: true },
  22: { bold: undefined, dim: undefined },
  23: { italic: undefined },
  24: { underline: undefined },
  27: { inverse: undefined },
  29: { strike: undefined },
  39: { color: undefined },
  49: { background: undefined },
};

function applySgr(style: AnsiStyle, parameters: string): AnsiStyle {
  const codes = parameters.split(/[;:]/).map((code) => (code === '' ? 0 : Number(code)));
  let next: AnsiStyle = { ...style };
  for (let index = 0; index < codes.length; index += 1) {
    const code = codes[index] ?? 0;
    if (code === 0) next = {};
    else if (code === 38 || code === 48) {
      const extended = extendedColor(codes, index + 1);
      next = { ...next, [code === 38 ? 'color' : 'background']: extended.color };
      index += extended.used;
    } else if (code >= 30 && code <= 37) next = { ...next, color: code - 30 };
    else if (code >= 40 && code <= 47) next = { ...next, background: code - 40 };
    else if (code >= 90 && code <= 97) next = { ...next, color: code - 82 };
    else if (code >= 100 && code <= 107) next = { ...next, background: code - 92 };
    else next = { ...next, ...flags[code] };
  }
  return next;
}

function extendedColor(codes: number[], at: number): { color: number | string | undefined; used: number } {
  if (codes[at] === 5) return { color: byte(codes[at + 1]), used: 2 };
  if (codes[at] === 2) {
    const [red, green, blue] = [codes[at + 1], codes[at + 2], codes[at + 3]].map(byte);
    const hex = [red, green, blue].map((value) => (value ?? 0).toString(16).padStart(2, '0')).join('');
    return { color: `#${hex}`, used: 4 };
  }
  return { color: undefined, used: 0 };
}

function byte(value: number | undefined): number | undefined {
  return value === undefined || Number.isNaN(value) ? undefined : Math.min(255, Math.max(0, value));
}
