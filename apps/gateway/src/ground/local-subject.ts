/** Who signs in by a printed link: the person at the machine. */
export const localSubject = 'local';
