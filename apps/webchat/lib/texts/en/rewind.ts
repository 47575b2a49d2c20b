/** The words for going back to before a message, in English. */
export const enRewind = {
  rewind: {
    menu: 'What can be done with this message',
    action: 'Rewind to here…',
    running: 'A turn is running: wait for its end, or stop it first.',
    title: 'Go back to before this message?',
    looking: 'Looking at what would happen…',
    lookFailed: 'It could not be found out what would happen.',
    what: 'What goes back',
    both: 'Conversation and files',
    conversation: 'The conversation',
    files: 'The files',
    explain: {
      both: 'The agent forgets what was said since, and the files are put back.',
      conversation: 'The agent forgets what was said since; the files stay as they are.',
      files: 'The files are put back; the agent is not told.',
    } as Record<'both' | 'conversation' | 'files', string>,
    impossible: {
      agent: 'This agent cannot be taken back in a conversation.',
      unmarked: 'The agent did not say where it stood before this message: choose an earlier or a later one.',
      unknown: 'How the files were then is not known.',
      same: 'No file is other than it was then.',
    } as Record<'agent' | 'unmarked' | 'unknown' | 'same', string>,
    turns: (turns: number) =>
      turns === 1
        ? '1 turn is set aside. It stays readable here, but this session does not come back to it.'
        : `${turns} turns are set aside. They stay readable here, but this session does not come back to them.`,
    list: 'What becomes of the files',
    becomes: {
      added: 'is removed',
      modified: 'is put back',
      deleted: 'comes back',
    } as Record<'added' | 'modified' | 'deleted', string>,
    stays: 'stays',
    edited: (files: number) =>
      files === 1
        ? '1 file was changed between turns, by you or somebody else. It stays as it is.'
        : `${files} files were changed between turns, by you or somebody else. They stay as they are.`,
    overwrite: 'Put these back as well: what was changed in them is gone',
    confirm: 'Go back',
    done: (turns: number) => (turns === 1 ? '1 turn set aside.' : `${turns} turns set aside.`),
    onlyFiles: 'The files went back, the conversation did not.',
    failed: 'It did not go back.',
    setAside: (turns: number) => (turns === 1 ? '1 turn set aside' : `${turns} turns set aside`),
    setAsideExplain: 'The agent remembers nothing of this.',
  },
};
