import type { Clock, Timer } from './ground/clock.ts';
import { fileStamp } from './ground/file-stamp.ts';

const lookEveryMs = 2_000;

type WatchOptions = {
  /** Absolute paths. */
  files: readonly string[];
  clock: Clock;
  onChange(): void;
};

/**
 * Tells that one of these files is another one than before, once it is the same in two looks: half a file is not read.
 * It looks at what a path leads to, so that it sees what editors rename, links that lead elsewhere (as those of a
 * ConfigMap in Kubernetes) and folders that tell of no changes. Returns what ends it.
 */
export function watchFiles({ files, clock, onChange }: WatchOptions): () => void {
  let known = stampOf(files);
  let seen = known;
  let timer: Timer;
  const look = () => {
    const now = stampOf(files);
    const isSettled = now === seen;
    seen = now;
    if (isSettled && now !== known) {
      known = now;
      onChange();
    }
    timer = clock.after(lookEveryMs, look);
  };
  timer = clock.after(lookEveryMs, look);
  return () => timer.cancel();
}

const stampOf = (files: readonly string[]): string => files.map(fileStamp).join(' ');
