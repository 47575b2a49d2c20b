const { NODE_COMPILE_CACHE } = process.env;

/**
 * For the environment of our programs: where Node keeps what it compiled of them, if whoever runs the tests says so. Their
 * homes are new ones, and what was kept in one of them would be lost for the next.
 */
export const compileCache: Readonly<Record<string, string>> =
  NODE_COMPILE_CACHE === undefined ? {} : { NODE_COMPILE_CACHE };
