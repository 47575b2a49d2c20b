/** The words of links to read a session, for those who make them and for their guests, in English. */
export const enSharing = {
  sharing: {
    title: 'Share this session',
    menu: 'Share…',
    explain:
      'Whoever has the link can read this conversation, and what is said in it later, without signing in.',
    lifetime: 'The link works for',
    lifetimes: { '1h': '1 hour', '1d': '1 day', '7d': '7 days', '30d': '30 days' },
    leaveOut: 'Leave out',
    kinds: {
      tool_outputs: 'What tools put out',
      files: 'Contents and changes of files',
      paths: 'Where files lie on this machine',
    },
    secrets:
      'Keys, tokens and passwords are taken out as far as their shape gives them away. What you and the agent wrote is shown.',
    make: 'Make a link',
    made: 'The link',
    copy: 'Copy the link',
    once: 'It is shown only now: the gateway does not keep it.',
    links: 'Links that work',
    until: (moment: string) => `Until ${moment}`,
    neverUsed: 'never opened',
    used: (ago: string) => `opened: ${ago}`,
    allShown: 'nothing left out but secrets',
    revoke: 'Revoke',
  },

  shared: {
    until: (moment: string) => `Shared with you until ${moment}`,
    refresh: 'Refresh',
    readOnly: 'You can read this conversation.',
    without: (kinds: string) => `Left out: ${kinds}.`,
    leftOut: {
      tool_outputs: 'outputs of tools',
      files: 'contents of files',
      paths: 'places of the machine',
    },
    alwaysLeftOut: ['attached files', 'what looks like a secret'],
    empty: 'Nothing has been said yet.',
    running: 'The agent is at work. Refresh to see what it did when it has finished.',
    ended: 'This link no longer works',
    endedExplain:
      'It has expired, it was revoked, or the session was deleted. Ask whoever gave it to you for another one.',
  },
};
