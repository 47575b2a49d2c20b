import type { Report } from './findings.ts';

/** Characters that a person does not see or that reorder what they see; some of them belong to emoji. */
const invisible = /[\p{Default_Ignorable_Code_Point}\p{Bidi_Control}\u2028\u2029\uFFF9-\uFFFB]/gv;
const control = /[\p{Cc}--[\t\n]]/gv;
const privateUse = /\p{Co}/gv;
const longGap = /[^\S\n]{201,}|\n{201,}|[ \t\n]{201,}/;

/** Made when it is needed, which is seldom: V8 takes ten milliseconds for it, and would at every start. */
const emoji = () =>
  /\p{RGI_Emoji}|\p{Extended_Pictographic}\uFE0F?(?:\u200D\p{Extended_Pictographic}\uFE0F?)*/gv;

/** The text that a person reads must be the text that runs (C7). */
export function screenText(text: string, report: Report): void {
  if (text.includes('\0'))
    report.add({
      decision: 'deny',
      rule: 'C7',
      reason: 'the command holds a NUL: programs disagree on where it ends',
    });
  if (text.search(control) >= 0)
    report.add({
      decision: 'ask',
      rule: 'C7',
      reason: 'the command holds control characters that hide text',
    });
  if (hidesText(text) || !text.isWellFormed())
    report.add({
      decision: 'ask',
      rule: 'C7',
      reason: 'the command holds invisible characters or ones that reorder it',
    });
  if (text.search(privateUse) >= 0)
    report.add({ decision: 'ask', rule: 'C7', reason: 'the command holds characters without a meaning' });
  if (longGap.test(text))
    report.add({
      decision: 'ask',
      rule: 'C7',
      reason: 'the command holds a gap that pushes text out of sight',
    });
}

/** Emoji are seen, also where a part of one alone would not be. */
const hidesText = (text: string): boolean =>
  text.search(invisible) >= 0 && text.replace(emoji(), '').search(invisible) >= 0;

/** The text with every character that a person would not see written as its code point (P4). */
export const visibleText = (text: string): string =>
  [control, invisible, privateUse].reduce((shown, hidden) => shown.replace(hidden, escapeCharacter), text);

const escapeCharacter = (character: string): string => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
