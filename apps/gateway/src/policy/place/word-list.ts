/** The words of a table that is written as text, so that a long one reads as one. */
export const wordList = (text: string): readonly string[] => text.trim().split(/\s+/);
