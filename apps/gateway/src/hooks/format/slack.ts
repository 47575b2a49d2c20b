import type { ApprovalUrls } from '../../ground/approval-link.ts';

/**
 * A text for Slack, with links to answer by. NOTE: its buttons want an app that hears of every click, which a webhook has
 * not; links do without.
 */
export function slackText(text: string, approval: ApprovalUrls | undefined): string {
  if (!approval) return escapeSlack(text);
  const links = `<${approval.allow_url}|Allow once> · <${approval.deny_url}|Deny>`;
  return `${escapeSlack(text)}\n${links.replaceAll('&', '&amp;')}`;
}

/** The three characters that mean something in a text of Slack (its reference on formatting). */
function escapeSlack(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
