import { expect, test } from "vitest";
import { paceOf } from "../../../src/models/sync/pace.ts";

const smsUrl = "https://inbox.example/sms#rc=5&rp=all";
const proved = { webhookAt: new Date(), webhookUrl: smsUrl };
const number = { sms: true, smsUrl: "https://inbox.example/sms" };

test.each([
  ["webhooks prove to work", { sync: proved, numbers: [number], smsUrl }],
  [
    "the number's address has connection overrides, too",
    { sync: proved, numbers: [{ ...number, smsUrl }], smsUrl },
  ],
  [
    "a number that takes no texts posts none",
    { sync: proved, numbers: [number, { sms: false, smsUrl: "" }], smsUrl },
  ],
])("looks are slow when %s", (_, facts) => {
  expect(paceOf(facts)).toBe("slow");
});

test.each([
  ["no webhook ever came", { sync: { webhookAt: null, webhookUrl: null }, numbers: [number], smsUrl }],
  ["there is no public address any more", { sync: proved, numbers: [number], smsUrl: undefined }],
  [
    "the webhooks came to an earlier address",
    { sync: { ...proved, webhookUrl: "https://old.example/sms" }, numbers: [number], smsUrl },
  ],
  [
    "it is not known where they came to",
    { sync: { ...proved, webhookUrl: null }, numbers: [number], smsUrl },
  ],
  ["one number posts elsewhere", { sync: proved, numbers: [number, { sms: true, smsUrl: "" }], smsUrl }],
  [
    "one number posts to another path",
    { sync: proved, numbers: [{ sms: true, smsUrl: "https://inbox.example/sms/status" }], smsUrl },
  ],
])("looks are quick when %s", (_, facts) => {
  expect(paceOf(facts)).toBe("quick");
});
