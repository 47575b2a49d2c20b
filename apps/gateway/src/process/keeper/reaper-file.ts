import { findProgram } from '../../ground/find-program.ts';

/** The program that ends processes. */
export const findReaperFile = (): string => findProgram('reaper', import.meta.url);
