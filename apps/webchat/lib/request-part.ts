import type { AepData } from '@hotplex/ai-sdk-transport';

/** The data of a part in which the agent asks something. */
export type RequestPart<Name extends 'permission' | 'question' | 'elicitation'> = AepData[Name];
