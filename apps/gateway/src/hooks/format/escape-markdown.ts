/** A text in which nothing is markup of Markdown (CommonMark, 2.4: any punctuation may be escaped). */
export const escapeMarkdown = (text: string): string => text.replace(/[\\`*_{}[\]()<>#+\-.!|~&]/g, '\\$&');
