import type { AnsiStyle } from './ansi.ts';

const base = [
  '#7a7069',
  '#f0776c',
  '#8fc56f',
  '#e2b55a',
  '#7fb2ee',
  '#cf93dd',
  '#63c3c6',
  '#e6e0da',
  '#958b83',
  '#ff988d',
  '#a9dd8a',
  '#f3cd7f',
  '#a0caff',
  '#e2aef0',
  '#86dcdf',
  '#ffffff',
] as const;

const cube = [0, 95, 135, 175, 215, 255] as const;

/** The colour behind an index of the 256-colour palette; black is lightened, to be readable on the dark terminal. */
export function ansiColor(color: number | string): string {
  if (typeof color === 'string') return color;
  const named = base[color];
  if (named) return named;
  if (color >= 232) {
    const grey = 8 + (color - 232) * 10;
    return `rgb(${grey} ${grey} ${grey})`;
  }
  const index = color - 16;
  return `rgb(${cube[Math.floor(index / 36)]} ${cube[Math.floor(index / 6) % 6]} ${cube[index % 6]})`;
}

/** A run's style as inline CSS. */
export function toAnsiCss(style: AnsiStyle): Record<string, string> {
  const [color, background] = style.inverse
    ? [style.background ?? 'var(--terminal)', style.color ?? 'var(--terminal-foreground)']
    : [style.color, style.background];
  return {
    ...(color === undefined ? {} : { color: ansiColor(color) }),
    ...(background === undefined ? {} : { backgroundColor: ansiColor(background) }),
    ...(style.bold ? { fontWeight: '600' } : {}),
    ...(style.dim ? { opacity: '0.7' } : {}),
    ...(style.italic ? { fontStyle: 'italic' } : {}),
    ...(style.underline || style.strike
      ? {
          textDecoration:
            `${style.underline ? 'underline ' : ''}${style.strike ? 'line-through' : ''}`.trim(),
        }
      : {}),
  };
}
