/** Bytes of UTF-8; Linux takes 255 (limits.h, NAME_MAX). */
const longest = 200;
/** Separators, what systems forbid or read as something else, and what nobody sees. */
const unfit = /[/\\:*?"<>|\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}]+/gu;

/**
 * The name of a file, as it may be shown and written to disk: the last part of what its sender says, which is a wish and
 * nothing more (F3, F4).
 */
export function toFileName(wish: string): string {
  const last = wish.split(/[/\\]/).at(-1) ?? '';
  // Neither hidden, nor an option, nor the folder above.
  const plain = last
    .normalize('NFC')
    .replace(unfit, '_')
    .trim()
    .replace(/^[.\-\s]+/, '');
  const [, stem = plain, ending = ''] = /^(.*?)(\.[\w]{1,10})?$/su.exec(plain) ?? [];
  const name = shortened(stem, longest - ending.length) + ending;
  return name === '' || name === ending ? `file${ending}` : name;
}

/** As many whole characters as fit. */
function shortened(text: string, bytes: number): string {
  let left = bytes;
  const fitting = [...text].findIndex((character) => {
    left -= Buffer.byteLength(character);
    return left < 0;
  });
  return fitting === -1 ? text : [...text].slice(0, fitting).join('');
}
