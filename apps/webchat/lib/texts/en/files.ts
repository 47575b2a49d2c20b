/** The words of the view of a file, in English. */
export const enFiles = {
  files: {
    title: 'File',
    open: (path: string) => `Show ${path}`,
    back: 'Show the changes',
    close: 'Close the file',
    wrap: 'Wrap long lines',
    copy: 'Copy the file',
    save: 'Download',
    saveFailed: 'It could not be downloaded.',
    picture: (path: string) => `The picture ${path}`,
    empty: 'This file is empty.',
    binary: 'This is no text: it can only be downloaded.',
    large: 'This file is too large to be shown here.',
    secret: 'This file may hold what lets somebody in. It is not shown.',
    missing: 'There is no such file in the work directory: it may be gone, or a link.',
  },
};
