import type { SandboxAccount } from "./account.ts";
import { offerOf } from "./stock.ts";
import type { SandboxMessage, SandboxNumber } from "./resources.ts";

export interface Usage {
  category: string;
  description: string;
  count: number;
  countUnit: string;
  usage: number;
  usageUnit: string;
  /** US dollars. */
  price: number;
}

interface Category {
  name: string;
  description: string;
  holds: (message: SandboxMessage) => boolean;
}

const inbound = ({ direction }: SandboxMessage) => direction === "inbound";
const isMms = ({ numMedia }: SandboxMessage) => numMedia > 0;

const messageCategories: Category[] = [
  { name: "sms", description: "SMS", holds: (message) => !isMms(message) },
  {
    name: "sms-inbound",
    description: "Inbound SMS",
    holds: (message) => !isMms(message) && inbound(message),
  },
  {
    name: "sms-outbound",
    description: "Outbound SMS",
    holds: (message) => !isMms(message) && !inbound(message),
  },
  { name: "mms", description: "MMS", holds: isMms },
  { name: "mms-inbound", description: "Inbound MMS", holds: (message) => isMms(message) && inbound(message) },
  {
    name: "mms-outbound",
    description: "Outbound MMS",
    holds: (message) => isMms(message) && !inbound(message),
  },
];

const numberCategories: { name: string; description: string; holds: (number: SandboxNumber) => boolean }[] = [
  { name: "phonenumbers", description: "Phone numbers", holds: () => true },
  { name: "phonenumbers-local", description: "Local numbers", holds: ({ type }) => type === "local" },
  { name: "phonenumbers-mobile", description: "Mobile numbers", holds: ({ type }) => type === "mobile" },
  {
    name: "phonenumbers-tollfree",
    description: "Toll-free numbers",
    holds: ({ type }) => type === "toll_free",
  },
];

/** What an account used from one moment up to another, computed from what it really sent, received and bought. */
export function usageOf(account: SandboxAccount, from: Date, until: Date): Usage[] {
  const within = (at: Date) => at >= from && at < until;
  const messages = account.log.between(from, until).filter(({ price }) => price !== null);
  const numbers = [...account.numbers.values()].filter(({ dateCreated }) => within(dateCreated));
  const used = [
    ...messageCategories.map(({ name, description, holds }) =>
      messageUsage(name, description, messages.filter(holds)),
    ),
    ...numberCategories.map(({ name, description, holds }) =>
      numberUsage(name, description, numbers.filter(holds)),
    ),
  ];
  const tops = used.filter(({ category }) => ["sms", "mms", "phonenumbers"].includes(category));
  const price = sum(tops, (usage) => usage.price);
  const total = { category: "totalprice", description: "Total price" };
  return [...used, { ...total, count: 0, countUnit: "usd", usage: price, usageUnit: "usd", price }];
}

/** US dollars that an account has left of what it started with. */
export function balanceOf(account: SandboxAccount): number {
  const total = usageOf(account, new Date(0), new Date(8.64e15)).find(
    ({ category }) => category === "totalprice",
  );
  return startingBalance - (total?.price ?? 0);
}

const startingBalance = 100;

function messageUsage(category: string, description: string, messages: SandboxMessage[]): Usage {
  const price = sum(messages, (message) => -Number(message.price));
  const counted = { category, description, count: messages.length, countUnit: "messages", price };
  // Texts are used by the segment, pictures by the message.
  if (category.startsWith("mms")) return { ...counted, usage: messages.length, usageUnit: "messages" };
  return { ...counted, usage: sum(messages, ({ numSegments }) => numSegments), usageUnit: "segments" };
}

function numberUsage(category: string, description: string, numbers: SandboxNumber[]): Usage {
  const [count, unit] = [numbers.length, "numbers"];
  const price = sum(numbers, monthlyPrice);
  return { category, description, count, countUnit: unit, usage: count, usageUnit: unit, price };
}

function sum<Item>(items: Item[], amountOf: (item: Item) => number): number {
  return items.reduce((total, item) => total + amountOf(item), 0);
}

function monthlyPrice({ phoneNumber, type }: SandboxNumber): number {
  return Number(offerOf(phoneNumber, type)?.price ?? 1);
}
