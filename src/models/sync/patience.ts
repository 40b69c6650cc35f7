export const minute = 60_000;

/** How long to wait before something counts as lost, in milliseconds. */
export interface Patience {
  /** For a message short of a final state: then Twilio is asked about it alone. */
  stuckMs: number;
  /** For Twilio's log to list a message: before, its absence means nothing. */
  indexLagMs: number;
}

export const defaultPatience: Patience = { stuckMs: 5 * minute, indexLagMs: 5 * minute };
