import type { Subject } from '../subjects/subject.ts';

/** What readers are told of the subjects. */
export const subjectTitles: Readonly<Record<Subject['name'], string>> = {
  hotplex: 'HotPlex',
  'plain-node': 'plain Node',
  'c-relay': 'C relay',
};
