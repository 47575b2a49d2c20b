/** The words of choosing a folder, in English. */
export const enFolders = {
  folders: {
    browse: 'Browse folders',
    list: 'Folders to work in',
    recent: 'Worked in last',
    start: 'Where to begin',
    inside: (path: string) => `In ${path}`,
    up: (path: string) => `Up to ${path}`,
    upToStart: 'To the first folders',
    repository: 'git repository',
    count: (count: number) => (count === 1 ? '1 folder' : `${count} folders`),
    none: 'There is no folder in it.',
    noMatch: (typed: string) => `No folder has “${typed}” in its name.`,
    passage: 'No session can work in this folder itself: choose one in it.',
    more: 'There are more than are shown: type the rest of the path.',
    keys: 'Enter goes in, Backspace goes up, Escape closes the list.',
  },
};
