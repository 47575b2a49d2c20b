/** So many frames without a change are a rest; the slow end of a movement may pass over one. */
const restFrames = 3;
/** No movement that a key began lasts longer, in frames. */
const mostFrames = 90;

/**
 * Does something with a scrolled element once it has come to rest. Chromium goes on with a movement that a key began from
 * wherever a script has led meanwhile, and nothing that a script can do ends it.
 */
export function whenAtRest(element: Pick<Element, 'scrollTop'>, work: () => void): void {
  let last = element.scrollTop;
  let still = 0;
  let seen = 0;
  const look = () => {
    const now = element.scrollTop;
    still = now === last ? still + 1 : 0;
    last = now;
    seen += 1;
    if (still === restFrames || seen === mostFrames) work();
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}
