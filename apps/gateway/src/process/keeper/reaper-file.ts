import { ownProgram } from '../../ground/own-program.ts';

/** The program that ends processes. */
export const findReaperFile = (): string => ownProgram('reaper', import.meta.url);
