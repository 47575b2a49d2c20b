/** Whether somebody has this page before them, as far as the browser knows. */
export function isLookedAt(): boolean {
  return document.visibilityState === 'visible' && document.hasFocus();
}
