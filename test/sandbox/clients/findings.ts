/** What a client found out about the sandbox, the same for every client. */
export interface Findings {
  /** Of the account itself, and of the one that was opened under it. */
  accountName: string;
  ownerOfBranch: string;
  /** Of a message with two pictures. */
  sent: { status: string; body: string; media: string };
  feedback: string;
  redacted: string;
  /** How many messages of the UTC day are listed when asked by a date, page by page. */
  ofTheDay: number;
  /** Whether all numbers that a search with stars found fit. */
  starsFit: boolean;
  /** What the client says when buying is refused. */
  refusal: { code: number; status: number; message: string };
  /** With an API key: its messages, and the refusal of the account itself. */
  keySees: number;
  keyIsRefused: number;
  /** What Lookups v1, which the oldest know only, says of the recipient. */
  country: string;
  priceUnit: string;
  serviceName: string;
  /** Whether its own check takes the sandbox's signature. */
  signatureHolds: boolean;
}

/** What a client is told to begin with. */
export interface Task {
  url: string;
  accountSid: string;
  authToken: string;
  trialSid: string;
  trialToken: string;
  from: string;
  to: string;
  day: string;
  webhook: { url: string; form: Record<string, string>; signature: string };
}
