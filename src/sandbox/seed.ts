import { z } from "zod";

const message = z.object({
  from: z.string(),
  to: z.string(),
  body: z.string(),
  direction: z.enum(["inbound", "outbound-api"]),
  status: z.string().optional(),
  minutesAgo: z.number().min(0).optional(),
  errorCode: z.number().int().optional(),
});

const account = z.object({
  sid: z
    .string()
    .regex(/^AC[0-9a-f]{32}$/)
    .optional(),
  authToken: z.string().min(1).optional(),
  testAuthToken: z.string().min(1).optional(),
  friendlyName: z.string().max(64).optional(),
  type: z.enum(["Full", "Trial"]).optional(),
  status: z.enum(["active", "suspended", "closed"]).optional(),
  numbers: z
    .array(
      z.object({
        phoneNumber: z.string(),
        friendlyName: z.string().optional(),
        smsUrl: z.string().optional(),
      }),
    )
    .optional(),
  /** People this account's customers are played by. */
  phones: z.array(z.object({ name: z.string(), phoneNumber: z.string() })).optional(),
  /** Numbers a trial account may text. */
  verified: z.array(z.string()).optional(),
  messages: z.array(message).optional(),
  /** So many made-up messages, one a minute back from now. */
  history: z.object({ messages: z.number().int().min(0).max(1_000_000) }).optional(),
});

/** What a sandbox knows when it starts. Left-out SIDs and tokens are made up. */
export const seedSchema = z.object({ accounts: z.array(account) });
export type Seed = z.infer<typeof seedSchema>;
export type SeedAccount = Seed["accounts"][number];
export type SeedMessage = z.infer<typeof message>;
