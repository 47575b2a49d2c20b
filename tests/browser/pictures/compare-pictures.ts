import pixelmatch from 'pixelmatch';
import { PNG } from 'pngjs';

/** So many pixels may differ: less than the ink of an icon, more than what smoothing does to the edge of a letter. */
export const mostDifferent = 60;

/** How far apart two pictures, PNGs of one size, are: the pixels that differ, and a picture in which those are red. */
export function comparePictures(accepted: Buffer, drawn: Buffer): { different: number; difference: Buffer } {
  const [before, after] = [PNG.sync.read(accepted), PNG.sync.read(drawn)];
  const { width, height } = after;
  if (before.width !== width || before.height !== height)
    return { different: width * height, difference: drawn };
  const difference = new PNG({ width, height });
  const different = pixelmatch(before.data, after.data, difference.data, width, height, { threshold: 0.1 });
  return { different, difference: PNG.sync.write(difference) };
}
