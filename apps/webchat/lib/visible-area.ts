/** What the browser says of the part of the page that can be seen, in CSS pixels. */
type Viewport = Pick<VisualViewport, 'height' | 'offsetTop' | 'scale'>;

/** From `top`, counted from where the page begins, so many CSS pixels can be seen. */
export type VisibleArea = { top: number; height: number };

/** Heights are fractions on some screens. */
const tolerancePx = 1;
/** Two fingers that only rest change it by less. */
const toleranceOfScale = 0.01;

/** Whoever has zoomed in looks at a part of the page as it is. */
export const isZoomed = ({ scale }: Pick<Viewport, 'scale'>): boolean => scale > 1 + toleranceOfScale;

/**
 * The part of the page that an on-screen keyboard leaves, where it is laid over a page that is `pageHeight` high. Undefined
 * where all can be seen, and for whoever has zoomed in.
 */
export function visibleArea(viewport: Viewport, pageHeight: number): VisibleArea | undefined {
  const { height, offsetTop } = viewport;
  if (isZoomed(viewport) || height >= pageHeight - tolerancePx) return undefined;
  return { top: Math.min(Math.max(0, offsetTop), pageHeight - height), height };
}
