/** The words around the conversations: settings, sign-in, pages without one, in English. */
export const enEntrance = {
  settings: {
    menu: 'Settings',
    theme: 'Theme',
    light: 'Light',
    dark: 'Dark',
    system: 'Same as the system',
    language: 'Language',
    documentation: 'Documentation',
    admin: 'Admin',
    notify: 'Notifications',
    notifyStates: {
      off: 'Off. Turn on to hear when an agent asks or has finished while you are away from this page',
      on: 'You hear when an agent asks or has finished while you are away from this page',
      blocked: 'Blocked in the settings of your browser',
      unsupported: 'This browser has none',
    },
    sound: 'Sound',
    soundExplain: 'Two short notes when an agent asks or has finished while you are away from this page',
    signOut: 'Sign out',
    signOutEverywhere: 'Sign out on all devices',
    signOutEverywhereFailed: 'You are still signed in: the gateway could not end your sign-ins. Try again.',
  },

  attention: {
    asks: 'The agent needs your answer.',
    ended: 'The agent has finished.',
  },

  push: {
    open: 'Push notifications…',
    title: 'Push notifications',
    explain:
      'When an agent asks or has finished and nobody looks, your browser tells you, also while this page is closed, by way of the push service of its maker. What is said in a session never goes there.',
    here: 'Notify this browser',
    showTitle: 'Say what the session is called',
    devices: 'Browsers that are notified',
    thisOne: 'this one',
    remove: (name: string) => `No longer notify ${name}`,
    failed: 'That did not work: the browser, its push service or the gateway refused.',
    states: {
      unsupported: 'This browser cannot do this. On an iPhone add the page to the home screen first.',
      insecure: 'Browsers allow this for pages from https or localhost only.',
      denied: 'Blocked in the settings of your browser.',
      disabled: 'Whoever runs this gateway has turned this off.',
    },
  },

  signIn: {
    title: 'Sign in to your gateway',
    withProvider: (name: string) => `Sign in with ${name}`,
    accountRefused: 'Your account may not come in here. Ask who runs this gateway.',
    providerRefused: 'The sign-in was not finished. Try again.',
    byLink: 'Open the link the gateway printed when it started.',
    orByLink: 'Or open the link the gateway printed when it started.',
    newLink:
      'No link at hand? `hotplex up` prints a new one, as does `Enter` in the terminal where the gateway runs.',
    codeRefused: 'That link has been used already, or it has expired.',
    signedOut: 'You are signed out.',
    expired: 'Your sign-in has ended. Open a new link to go on; nothing is lost.',
    byKey: 'Or use an API key, in this tab only',
    key: 'API key',
    keyHint: 'It stays in this tab’s memory and is gone when you reload.',
    useKey: 'Use this key',
    keyRefused: 'The gateway does not know this key.',
  },

  newVersion: { title: 'A new version is here.', reload: 'Reload' },

  unreachable: {
    offline:
      'This device has no network. The page goes on by itself once there is one; what you typed is kept.',
    title: 'The gateway does not answer',
    explain: 'It may be stopped or restarting. This page tries again by itself; your sessions are safe.',
  },

  crashed: {
    title: 'This page ran into an error',
    explain:
      'Your sessions and running agents are not affected. Try again; if it happens again, reload the page.',
    part: 'This part could not be shown.',
    reload: 'Reload the page',
    details: 'Details',
  },

  notFound: {
    title: 'There is nothing at this address',
    home: 'To your sessions',
  },
};
