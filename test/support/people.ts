// The people of the tests: a shop with a full account, a beginner on a trial, and their customers.
import type { Seed } from "../../src/sandbox/world/seed.ts";

export const shop = { accountSid: `AC${"51".repeat(16)}`, authToken: "5e".repeat(16) };
export const beginner = { accountSid: `AC${"7a".repeat(16)}`, authToken: "b1".repeat(16) };
export const newcomer = { accountSid: `AC${"0e".repeat(16)}`, authToken: "77".repeat(16) };

export const shopNumber = "+15014434496";
export const londonNumber = "+447400900123";
export const beginnerNumber = "+14155550123";
export const anna = "+15012080731";
export const ben = "+15012080947";

export function shopSeed(smsUrl = ""): Seed {
  return {
    accounts: [
      {
        sid: shop.accountSid,
        authToken: shop.authToken,
        friendlyName: "Walnut & Sons",
        type: "Full",
        numbers: [
          { phoneNumber: shopNumber, friendlyName: "Shop", smsUrl },
          { phoneNumber: londonNumber, friendlyName: "London", smsUrl },
        ],
        phones: [
          { name: "Anna", phoneNumber: anna },
          { name: "Ben", phoneNumber: ben },
        ],
        messages: [
          {
            from: anna,
            to: shopNumber,
            body: "Is the walnut shelf still there?",
            direction: "inbound",
            minutesAgo: 120,
          },
          {
            from: shopNumber,
            to: anna,
            body: "Yes, the last one.",
            direction: "outbound-api",
            status: "delivered",
            minutesAgo: 110,
          },
        ],
      },
      {
        sid: beginner.accountSid,
        authToken: beginner.authToken,
        friendlyName: "My first account",
        type: "Trial",
        numbers: [{ phoneNumber: beginnerNumber, friendlyName: "Trial number", smsUrl }],
        phones: [{ name: "Anna", phoneNumber: anna }],
        verified: [anna],
      },
      {
        sid: newcomer.accountSid,
        authToken: newcomer.authToken,
        friendlyName: "Nothing here yet",
        type: "Full",
      },
    ],
  };
}
