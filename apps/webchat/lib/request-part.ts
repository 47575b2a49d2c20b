import type { AepUIMessage } from '@hotplex/ai-sdk-transport';

type Part = AepUIMessage['parts'][number];
type DataOf<P, Type extends string> = P extends { type: Type; data: infer Data } ? Data : never;

/** The data of a part in which the agent asks something. */
export type RequestPart<Name extends 'permission' | 'question' | 'elicitation'> = DataOf<
  Part,
  `data-${Name}`
>;
