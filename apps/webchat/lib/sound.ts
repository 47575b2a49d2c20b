import { createObservable, type Observable } from './observable.ts';
import { readStored, writeStored } from './stored.ts';

const storageKey = 'hotplex.sound';

/** Two notes, the second as the first fades; Hz and seconds. */
const notes = [
  { frequency: 660, at: 0 },
  { frequency: 880, at: 0.12 },
];
const noteSeconds = 0.3;
const loudness = 0.12;

/** A short sound for a person who looks elsewhere. Off until somebody turns it on here. */
export type Sound = {
  isOn: Observable<boolean>;
  /** Turns it on, which is heard, or off. Browsers let a page be heard after a click, so it belongs into one. */
  toggle: () => void;
  /** Plays it, unless it is off. */
  play: () => void;
};

/** The sound of this browser, which remembers whether it is on. */
export function createSound(): Sound {
  const isOn = createObservable(readStored(storageKey) === 'yes');
  let context: AudioContext | undefined;
  const play = () => {
    // Before the first click here a browser would keep it until that, when it is no news any more.
    if (!isOn.get() || !navigator.userActivation.hasBeenActive) return;
    context ??= new AudioContext();
    void context.resume();
    for (const note of notes) ring(context, note);
  };
  return {
    isOn,
    play,
    toggle: () => {
      isOn.set(!isOn.get());
      writeStored(storageKey, isOn.get() ? 'yes' : null);
      play();
    },
  };
}

/** A note that fades, as a bell does. */
function ring(context: AudioContext, { frequency, at }: { frequency: number; at: number }): void {
  const start = context.currentTime + at;
  const end = start + noteSeconds;
  const volume = new GainNode(context, { gain: loudness });
  volume.gain.setValueAtTime(loudness, start);
  volume.gain.exponentialRampToValueAtTime(0.001, end);
  volume.connect(context.destination);
  const note = new OscillatorNode(context, { frequency });
  note.connect(volume);
  note.start(start);
  note.stop(end);
}
