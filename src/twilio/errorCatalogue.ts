export interface Explanation {
  sentence: string;
  /** What the person can do; empty when nothing is known. */
  action: string;
  code: number | null;
  /** Twilio's page about the code. */
  url: string | null;
}

/** What an error code means and what to do about it; an unknown code speaks in Twilio's own words. */
export function explain(code: number | null, twilioText: string | null): Explanation {
  const url = code === null ? null : `https://www.twilio.com/docs/errors/${code}`;
  return { sentence: twilioText ?? "Twilio gave no reason.", action: "", code, url };
}
