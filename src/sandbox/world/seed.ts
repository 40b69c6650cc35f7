import * as z from "zod";
import { unverifiedSchema } from "./unverified.ts";

const phoneNumber = z.string().regex(/^\+[1-9]\d{4,14}$/, "a phone number as +15014434496");

const message = z.strictObject({
  from: z.string(),
  to: z.string(),
  body: z.string(),
  direction: z.enum(["inbound", "outbound-api"]),
  status: z.string().optional(),
  minutesAgo: z.number().min(0).max(10_000_000).optional(),
  errorCode: z.number().int().optional(),
});

const account = z.strictObject({
  sid: z
    .string()
    .regex(/^AC[0-9a-f]{32}$/, "AC and 32 hex digits")
    .optional(),
  authToken: z.string().min(1).optional(),
  testAuthToken: z.string().min(1).optional(),
  friendlyName: z.string().max(64).optional(),
  type: z.enum(["Full", "Trial"]).optional(),
  /** Since 2026 trial accounts send nothing but Twilio's templates; before, they were bound to one number and verified recipients. */
  trial: z.enum(["legacy", "current"]).optional(),
  status: z.enum(["active", "suspended", "closed"]).optional(),
  numbers: z
    .array(
      z.strictObject({
        phoneNumber,
        friendlyName: z.string().optional(),
        smsUrl: z.union([z.literal(""), z.url()]).optional(),
      }),
    )
    .optional(),
  /** API keys that sign in to it. */
  keys: z
    .array(
      z.strictObject({
        sid: z.string().regex(/^SK[0-9a-f]{32}$/, "SK and 32 hex digits"),
        secret: z.string().min(1),
        friendlyName: z.string().max(64).optional(),
      }),
    )
    .optional(),
  /** People this account's customers are played by. */
  phones: z.array(z.strictObject({ name: z.string(), phoneNumber })).optional(),
  /** Numbers a trial account may text. */
  verified: z.array(phoneNumber).optional(),
  messages: z.array(message).optional(),
  /** So many made-up messages, one a minute back from now. */
  history: z.strictObject({ messages: z.number().int().min(0).max(1_000_000) }).optional(),
});

/** What a sandbox knows when it starts. Left-out SIDs and tokens are made up. */
export const seedSchema = z
  .strictObject({ accounts: z.array(account), unverified: unverifiedSchema.partial().optional() })
  .refine(({ accounts }) => isUnique(accounts.map(({ sid }) => sid)), "two accounts have one SID")
  .refine(
    ({ accounts }) =>
      isUnique(accounts.flatMap(({ numbers = [] }) => numbers.map((number) => number.phoneNumber))),
    "two numbers are the same",
  );

function isUnique(values: (string | undefined)[]): boolean {
  const given = values.filter((value) => value !== undefined);
  return new Set(given).size === given.length;
}

export type Seed = z.infer<typeof seedSchema>;
export type SeedAccount = Seed["accounts"][number];
export type SeedMessage = z.infer<typeof message>;
