/** The words for branching off in the middle of a conversation, in English. */
export const enBranch = {
  branch: {
    after: 'Branch from here',
    before: 'Edit in a new branch',
    explain: 'A new session that ends before this message. This one and the files stay as they are.',
    done: 'A new session, with what was said until there. The files are as they are now.',
    failed: 'No branch was made.',
    impossible: {
      agent: 'This agent cannot go on from the middle of a conversation.',
      unmarked: 'The agent did not say where it stood there: choose an earlier or a later place.',
    } as Record<string, string>,
  },
};
