import type { Mermaid } from 'mermaid';

export type DiagramTheme = 'light' | 'dark';

let loading: Promise<Mermaid> | undefined;
let drawn = 0;

/** The colours of the page; Mermaid reads hexadecimal ones only. */
const themes: Record<DiagramTheme, Record<string, string | boolean>> = {
  light: {
    background: '#ffffff',
    edgeLabelBackground: '#ffffff',
    primaryColor: '#f4efe9',
    primaryBorderColor: '#b9ada2',
    primaryTextColor: '#2a2420',
    secondaryColor: '#fbe9df',
    tertiaryColor: '#faf7f3',
    lineColor: '#6f665f',
    textColor: '#2a2420',
    noteBkgColor: '#fdf4dc',
    noteTextColor: '#2a2420',
  },
  dark: {
    darkMode: true,
    background: '#1f1c19',
    edgeLabelBackground: '#1f1c19',
    primaryColor: '#312b27',
    primaryBorderColor: '#7a6e65',
    primaryTextColor: '#ece7e1',
    secondaryColor: '#48301f',
    tertiaryColor: '#26221e',
    lineColor: '#a89d94',
    textColor: '#ece7e1',
    noteBkgColor: '#3d341f',
    noteTextColor: '#ece7e1',
  },
};

/**
 * Draws a Mermaid diagram as an SVG picture of its natural size. Mermaid is loaded by the first one. Rejects with
 * Mermaid's own words if it cannot read the source.
 */
export async function drawDiagram(source: string, theme: DiagramTheme): Promise<Blob> {
  loading ??= import('mermaid').then(
    ({ default: mermaid }) => mermaid,
    (error: unknown) => {
      loading = undefined;
      throw error;
    },
  );
  const mermaid = await loading;
  const stage = document.createElement('div');
  // Mermaid measures what it draws, so it has to be in the page; what has yet to move there is measured in the wrong place.
  stage.className = 'invisible fixed -left-[10000px] **:transition-none!';
  document.body.append(stage);
  try {
    mermaid.initialize({
      startOnLoad: false,
      securityLevel: 'strict',
      suppressErrorRendering: true,
      htmlLabels: false,
      flowchart: { htmlLabels: false },
      // A source cannot change these.
      secure: [
        'secure',
        'securityLevel',
        'startOnLoad',
        'maxTextSize',
        'maxEdges',
        'htmlLabels',
        'flowchart',
      ],
      look: 'classic',
      theme: 'base',
      themeVariables: { ...themes[theme], fontFamily: getComputedStyle(document.body).fontFamily },
    });
    const { svg } = await mermaid.render(`diagram-${++drawn}`, source, stage);
    return new Blob([inNaturalSize(svg)], { type: 'image/svg+xml' });
  } finally {
    stage.remove();
  }
}

/** A picture of its own has no page to be as wide as: it gets the size of its drawing. */
function inNaturalSize(svg: string): string {
  const root = new DOMParser().parseFromString(svg, 'text/html').querySelector('svg');
  if (!root) throw new Error('Mermaid has drawn nothing');
  const { width, height } = root.viewBox.baseVal;
  root.setAttribute('width', String(width));
  root.setAttribute('height', String(height));
  root.removeAttribute('style');
  return new XMLSerializer().serializeToString(root);
}
