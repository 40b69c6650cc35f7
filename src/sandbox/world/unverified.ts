import * as z from "zod";

/** What nobody could verify about the live API, one named option each, with what is assumed. */
export const unverifiedSchema = z.strictObject({
  /** Error that a trial account gets for a second number: 21404 is older, 10002 newer. */
  secondTrialNumber: z.union([z.literal(21404), z.literal(10002)]).default(21404),
  /** Whether suspended and closed accounts get 403 with 20005 or 401 with 20003. */
  inactiveAccount: z.enum(["forbidden", "unauthorized"]).default("forbidden"),
  /** PageSize over 1,000: refused with 20007, or taken as 1,000. */
  tooLargePage: z.enum(["refuse", "clamp"]).default("refuse"),
  /** What Page without a PageToken leads to: the first page, or as many pages on. */
  pageWithoutToken: z.enum(["first", "counted"]).default("first"),
  /** Whether a webhook address without a path is signed as it is written, or with the slash that it is called with. */
  signedRoot: z.enum(["written", "slash"]).default("written"),
  /** Whether times of day count in DateSent filters, or only the day. */
  dateFilters: z.enum(["second", "day"]).default("second"),
  /** Status of the redirect from a media URL to its bytes. */
  mediaRedirect: z.union([z.literal(302), z.literal(307)]).default(307),
  /** Whether media URLs ask for credentials. */
  mediaNeedsCredentials: z.boolean().default(true),
  /** Whether an inbound webhook may answer 204 or nothing without an alert. */
  emptyAnswer: z.enum(["fine", "alert"]).default("fine"),
  /** The User-Agent of webhooks. */
  webhookUserAgent: z.string().min(1).default("TwilioProxy/1.1"),
  /** Whether the first attempt of a webhook carries the idempotency token, or only repeats do. */
  idempotencyTokenAtOnce: z.boolean().default(true),
  /** Error for other magic-less purchases with test credentials. */
  otherTestPurchase: z.union([z.literal(21421), z.literal(21422)]).default(21421),
  /** Error for a purchase with neither PhoneNumber nor AreaCode. */
  nothingToBuy: z.union([z.literal(21421), z.literal(20001)]).default(21421),
  /** Seconds in the Retry-After header of a 429; null for no header. */
  retryAfter: z.int().min(0).max(60).nullable().default(null),
  /** Whether Twilio's own answers to STOP, START and HELP are in the message log. */
  autoRepliesLogged: z.boolean().default(false),
  /** First state of a message with both From and MessagingServiceSid. */
  senderAndService: z.enum(["queued", "accepted"]).default("queued"),
  /** Whether "sending" is called back. */
  sendingCallback: z.boolean().default(false),
  /** Whether inbound messages have a date_sent when their number has no webhook. */
  inboundDateSentWithoutWebhook: z.boolean().default(true),
  /** Status of 21611, a full sender queue. */
  queueFullStatus: z.union([z.literal(400), z.literal(429)]).default(429),
});

export type Unverified = z.infer<typeof unverifiedSchema>;
