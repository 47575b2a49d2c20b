import { findProgram } from '../../../ground/find-program.ts';

/** The program that carries connections out. */
export const findBridgeFile = (): string => findProgram('bridge', import.meta.url);
