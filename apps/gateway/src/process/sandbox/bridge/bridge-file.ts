import { ownProgram } from '../../../ground/own-program.ts';

/** The program that carries connections out. */
export const findBridgeFile = (): string => ownProgram('bridge', import.meta.url);
