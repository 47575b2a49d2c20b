import type { ErrorCode, NoticeReason } from '@hotplex/aep-protocol';

/** Codes that no gateway sends: what a client of ours found out by itself. */
type LocalCode = 'CONNECTION_LOST' | 'CLIENT_CLOSED' | 'HTTP_ERROR';

/** What happened, for every code that there is; one that is not among them has none. */
export type CodeTexts = Readonly<Record<ErrorCode | LocalCode, string>> & SomeTexts;

/** What a notice tells, for every reason that there is. */
export type NoticeTexts = Readonly<Record<NoticeReason, string>>;

/** Words for some codes, reasons or rules: whoever looks one up falls back to the gateway's own words. */
export type SomeTexts = Readonly<Partial<Record<string, string>>>;
