/**
 * Which refresh token follows one that is spent. All tabs of a browser share one cookie, and two of them may send the same
 * token: the later tab is given the *same* successor, so that the browser ends with one live token whichever answer arrives
 * last. A new token for each would leave forgotten ones behind, a refusal would sign the user out. For a thief of a spent
 * token the window of seconds is no gain: with it unspent he would have had the same.
 */
export interface RefreshSuccession {
  /** The one that follows a token that is spent now. */
  follow(spent: string): string;
  /** Those that may have followed a token within the last seconds, or followed those: most are nobody's. */
  after(token: string): Iterable<string>;
}
