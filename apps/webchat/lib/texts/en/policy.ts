import type { SomeTexts } from '../error-texts.ts';

/** What the rules of the gateway's policy are about, in English; what it found in a call is in its own words. */
export const enPolicy = {
  policy: {
    rules: {
      none: 'Nothing speaks against it.',
      N1: 'It destroys what must stay.',
      N2: 'It changes the system, this account or the gateway.',
      N3: 'It works on a device itself.',
      N4: 'It ends processes or stops the machine.',
      N5: 'It runs something that was fetched or decoded.',
      N6: 'It is about keys, sign-ins or other secrets.',
      N7: 'It starts by itself later, or with more rights.',
      N8: 'It opens a container to this machine.',
      N9: 'It hands a program to the network.',
      N10: 'It talks to the gateway, or to where credentials are given out.',
      C1: 'It cannot be seen what this command does.',
      C5: 'It may do damage: look at it before you allow it.',
      C6: 'One of its options runs or loads something else.',
      C7: 'The command holds characters that hide what it is.',
      F2: 'The path is outside of the work directory.',
      F3: 'This is no path that can be judged.',
      U1: 'This is no address that can be judged.',
      U2: 'The address is not one of the public internet.',
      U3: 'The name leads to an address that is not one of the public internet.',
    } as SomeTexts,
  },
};
