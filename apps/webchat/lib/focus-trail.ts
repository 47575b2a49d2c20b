/** The part of an element that the trail needs; the page's own elements are that. */
type Place = Pick<HTMLElement, 'focus' | 'isConnected'>;

/** Where the keyboard has been, for windows that no button of theirs opened. */
export type FocusTrail = {
  /** Something got the focus. */
  note: (place: Place) => void;
  /** Gives the focus to what had it last and is still there, unless something has it. */
  giveBack: () => void;
};

/** More than the longest window has controls. */
const mostPlaces = 200;

/** `focused` tells what has the focus now; undefined when nothing has. */
export function createFocusTrail(focused: () => Place | undefined): FocusTrail {
  let places: WeakRef<Place>[] = [];
  return {
    note: (place) => {
      const others = places.filter((other) => other.deref() !== place);
      places = [new WeakRef(place), ...others].slice(0, mostPlaces);
    },
    giveBack: () => {
      for (const place of places) {
        if (focused() !== undefined) return;
        const known = place.deref();
        if (known?.isConnected) known.focus();
      }
    },
  };
}
