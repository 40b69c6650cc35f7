// What the sandbox knows about an account, as plain data.

export interface SandboxMedia {
  sid: string;
  contentType: string;
  content: Buffer;
  dateCreated: Date;
}

export interface SandboxMessage {
  sid: string;
  /** Empty until a Messaging Service has picked a sender. */
  from: string;
  to: string;
  body: string;
  direction: "inbound" | "outbound-api" | "outbound-reply";
  status: string;
  errorCode: number | null;
  /** 0 until a Messaging Service has picked a sender. */
  numSegments: number;
  media: SandboxMedia[];
  /** How many media it had when it was made; deleting them does not change that. */
  numMedia: number;
  serviceSid: string | null;
  /** In US dollars as Twilio writes it, e.g. "-0.00830"; null until it is billed. */
  price: string | null;
  dateCreated: Date;
  dateUpdated: Date;
  dateSent: Date | null;
  /** When a scheduled message is due. */
  sendAt: Date | null;
  statusCallback: string | undefined;
  /** Fields that its webhook has beside or instead of the usual ones; null for one that it lacks. */
  webhookFields?: Record<string, string | null>;
}

export interface SandboxNumber {
  sid: string;
  phoneNumber: string;
  friendlyName: string;
  capabilities: { voice: boolean; sms: boolean; mms: boolean; fax: boolean };
  type: "local" | "mobile" | "toll_free";
  addressRequirements: "none" | "any" | "local" | "foreign";
  dateCreated: Date;
  dateUpdated: Date;
  /** The fields a client may set, under Twilio's form names, e.g. SmsUrl. */
  settings: Record<string, string>;
}

export interface ApiKey {
  sid: string;
  secret: string;
  friendlyName: string;
  dateCreated: Date;
  dateUpdated: Date;
}

export interface SandboxApplication {
  sid: string;
  dateCreated: Date;
  dateUpdated: Date;
  /** The fields a client may set, under Twilio's form names, e.g. SmsUrl. */
  settings: Record<string, string>;
}

export interface SandboxAddress {
  sid: string;
  dateCreated: Date;
  dateUpdated: Date;
  /** The fields a client may set, under Twilio's form names, e.g. City. */
  settings: Record<string, string>;
}

export interface SandboxService {
  sid: string;
  dateCreated: Date;
  dateUpdated: Date;
  /** The fields a client may set, under Twilio's form names, e.g. InboundRequestUrl. */
  settings: Record<string, string>;
  /** SIDs of the account's numbers in the pool, with the time they came in. */
  numbers: Map<string, Date>;
  alphaSenders: Map<string, AlphaSender>;
  /** Which sender each recipient hears from. */
  sticky: Map<string, string>;
}

export interface AlphaSender {
  sid: string;
  alphaSender: string;
  dateCreated: Date;
}

export interface CallerId {
  sid: string;
  phoneNumber: string;
  friendlyName: string;
  dateCreated: Date;
  dateUpdated: Date;
}

/** What Twilio's Debugger notes when something of the account's own fails. */
export interface Alert {
  sid: string;
  errorCode: number;
  logLevel: "error" | "warning";
  /** A form-encoded note, as Twilio writes it. */
  text: string;
  resourceSid: string;
  at: Date;
  requestMethod: string;
  requestUrl: string;
  requestVariables: string;
  requestHeaders: string;
  responseHeaders: string;
  responseBody: string;
}

export interface Phone {
  name: string;
  phoneNumber: string;
}
