import { describe } from 'vitest';
import { createMemoryStore } from '../../src/store/memory-store.ts';
import { storeContract } from '../contracts/store-contract.ts';

describe('memory store', () => storeContract(async () => createMemoryStore()));
