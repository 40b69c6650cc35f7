// What the sandbox knows about an account, as plain data.

export interface SandboxMessage {
  sid: string;
  from: string;
  to: string;
  body: string;
  direction: "inbound" | "outbound-api" | "outbound-reply";
  status: string;
  errorCode: number | null;
  numSegments: number;
  media: { contentType: string }[];
  dateCreated: Date;
  dateUpdated: Date;
  dateSent: Date | null;
  statusCallback: string | undefined;
}

export interface SandboxNumber {
  sid: string;
  phoneNumber: string;
  friendlyName: string;
  capabilities: { voice: boolean; sms: boolean; mms: boolean; fax: boolean };
  type: string;
  dateCreated: Date;
  dateUpdated: Date;
  /** The fields a client may set, under Twilio's form names, e.g. SmsUrl. */
  settings: Record<string, string>;
}

export interface Phone {
  name: string;
  phoneNumber: string;
}
